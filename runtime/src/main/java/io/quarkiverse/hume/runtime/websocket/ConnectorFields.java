package io.quarkiverse.hume.runtime.websocket;

import java.lang.reflect.Field;

/**
 * Reads the settings of a connector by reflection, because only its subclasses have access to them. The build registers the
 * fields for native executables.
 */
final class ConnectorFields {

    /** The class of WebSockets Next that all its connectors extend. It is not part of the public API. */
    private static final String CONNECTOR = "io.quarkus.websockets.next.runtime.WebSocketConnectorBase";

    private ConnectorFields() {
    }

    /**
     * @return {@code null} if the setting has no value, or if the connector is a class of the application, for instance in a
     *         test
     * @throws ReflectiveOperationException if this version of Quarkus has no such field
     */
    static Object value(Object connector, String name) throws ReflectiveOperationException {
        Class<?> type = connector.getClass();
        while (type != null && !type.getName().equals(CONNECTOR)) {
            type = type.getSuperclass();
        }
        if (type == null) {
            return null;
        }
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(connector);
    }
}
