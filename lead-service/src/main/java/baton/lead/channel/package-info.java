/**
 * How a lead came: campaign parameters read from addresses and click ids, and the channel derived
 * from them. It judges nothing and keeps nothing.
 */
@NullMarked
package baton.lead.channel;

import org.jspecify.annotations.NullMarked;
