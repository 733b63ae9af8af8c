package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.finding.FindingJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asked for, or why it cannot be understood.
 *
 * @param method the constant's name on the wire
 * @param params the strings (or, for properties, the words) of {@code params}
 * @param id the request's id as JSON, {@code null} when it gave none
 * @param error the complete answer to an invalid request, or null
 */
record ClientRequest(Method method, List<String> params, String id, String error) {
    enum Method {
        SUBSCRIBE,
        UNSUBSCRIBE,
        LIST_SUBSCRIPTIONS,
        SET_PROPERTY,
        GET_PROPERTY
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ID_LENGTH = 36;
    private static final int UNKNOWN_PROPERTY = 0;
    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;

    static ClientRequest parse(final String text) {
        final JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            return invalidJson(
                    unreadable.getLocation().getLineNr(), unreadable.getLocation().getColumnNr());
        }
        if (root == null || root.isMissingNode()) {
            return invalidJson(1, 1);
        }
        final JsonNode idNode = root.path("id");
        final boolean idAllowed =
                idNode.isMissingNode()
                        || idNode.isNull()
                        || idNode.canConvertToLong() && idNode.isIntegralNumber()
                        || idNode.isTextual() && idNode.textValue().length() <= MAX_ID_LENGTH;
        final String id = idAllowed && !idNode.isMissingNode() ? idNode.toString() : "null";
        if (!root.isObject()) {
            return invalid("request must be an object", id);
        }
        if (!idAllowed) {
            return invalid("request ID must be an integer, a short string or null", id);
        }
        if (!root.path("method").isTextual()) {
            return invalid("missing field method", id);
        }
        final Method method = method(root.get("method").textValue());
        if (method == null) {
            return invalid(
                    "unknown variant "
                            + root.get("method")
                            + ", expected one of SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS,"
                            + " SET_PROPERTY, GET_PROPERTY",
                    id);
        }
        final JsonNode paramsNode = root.path("params");
        if (method != Method.LIST_SUBSCRIPTIONS
                && (!paramsNode.isArray() || paramsNode.isEmpty())) {
            return invalid("params must be a list that is not empty", id);
        }
        final List<String> params = new ArrayList<>();
        for (final JsonNode param : paramsNode) {
            if (!param.isTextual() && method != Method.SET_PROPERTY) {
                return invalid("params must be strings", id);
            }
            params.add(param.asText());
        }
        return new ClientRequest(method, List.copyOf(params), id, null);
    }

    /** The answer to a request that is well formed but cannot be granted. */
    static String refusal(final String reason, final String id) {
        return error(INVALID_REQUEST, "Invalid request: " + reason, id);
    }

    static String unknownProperty(final String id) {
        return error(UNKNOWN_PROPERTY, "Unknown property", id);
    }

    static String result(final String result, final String id) {
        return "{\"result\":" + result + ",\"id\":" + id + '}';
    }

    private static ClientRequest invalid(final String reason, final String id) {
        return new ClientRequest(null, List.of(), id, refusal(reason, id));
    }

    private static ClientRequest invalidJson(final int line, final int column) {
        final String reason = "Invalid JSON: expected value at line " + line + " column " + column;
        return new ClientRequest(null, List.of(), "null", error(INVALID_JSON, reason, "null"));
    }

    private static String error(final int code, final String message, final String id) {
        final StringBuilder json = new StringBuilder(128);
        json.append("{\"code\":").append(code).append(",\"msg\":");
        FindingJson.string(json, message);
        return json.append(",\"id\":").append(id).append('}').toString();
    }

    private static Method method(final String name) {
        for (final Method method : Method.values()) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        return null;
    }
}
