package baton.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The machine, and how busy it is. */
final class Machine {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double BUSY = 0.15;

  private Machine() {}

  /** How much of all processors was in use over two seconds, 0 to 1. */
  static double load() throws InterruptedException {
    SYSTEM.getCpuLoad();
    Thread.sleep(2_000);
    return SYSTEM.getCpuLoad();
  }

  static boolean tooBusy(double load) {
    return load > BUSY;
  }

  /** Nanoseconds of processor time that this process has taken. */
  static long cpuNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  static String describe() {
    return Runtime.getRuntime().availableProcessors()
        + " processors, "
        + (SYSTEM.getTotalMemorySize() >> 30)
        + " GiB, "
        + System.getProperty("os.name")
        + ", Java "
        + Runtime.version();
  }
}
