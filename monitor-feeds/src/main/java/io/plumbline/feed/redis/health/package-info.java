/**
 * How a Redis is, node by node: what is asked, and the last answers for the API. The same answers
 * enter the ring as NODE_INFO and NODE_CLUSTER readings; what they mean is judged behind it.
 */
package io.plumbline.feed.redis.health;
