/**
 * What Grafana and Prometheus are given, held against a running stack: every query is run as its
 * reader, every metric is looked for where Prometheus would scrape it.
 */
@NullMarked
package baton.systemtest.dashboard;

import org.jspecify.annotations.NullMarked;
