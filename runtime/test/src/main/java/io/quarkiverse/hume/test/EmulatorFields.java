package io.quarkiverse.hume.test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Sets the fields with {@link ConnectHumeEmulator} of test instances. */
final class EmulatorFields {

    private EmulatorFields() {
    }

    /** Sets the fields of one test instance. */
    static void connect(Object test) {
        List<Field> fields = of(test.getClass());
        if (fields.isEmpty()) {
            return;
        }
        HumeEmulator emulator = HumeEmulator.connect();
        fields.forEach(field -> set(field, test, emulator));
    }

    /**
     * Whether all fields are set, for instance because the test uses {@code QuarkusTestExtension} without
     * {@code @QuarkusTest}.
     */
    static boolean isConnected(Object test) {
        return of(test.getClass()).stream().allMatch(field -> value(field, test) != null);
    }

    /** Resets the emulator unless one of the fields says that it must not be reset. */
    static void reset(List<Object> tests) {
        List<Field> fields = tests.stream().flatMap(test -> of(test.getClass()).stream()).toList();
        if (!fields.isEmpty()
                && fields.stream().allMatch(field -> field.getAnnotation(ConnectHumeEmulator.class).reset())) {
            HumeEmulator.connect().reset();
        }
    }

    private static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.isAnnotationPresent(ConnectHumeEmulator.class)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static Object value(Field field, Object test) {
        try {
            field.setAccessible(true);
            return field.get(test);
        } catch (IllegalAccessException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static void set(Field field, Object test, HumeEmulator emulator) {
        if (field.getType() != HumeEmulator.class || Modifier.isFinal(field.getModifiers())) {
            throw new IllegalStateException("@ConnectHumeEmulator: the field " + field.getDeclaringClass().getName() + "."
                    + field.getName() + " must have the type " + HumeEmulator.class.getName() + " and must not be final");
        }
        try {
            field.setAccessible(true);
            field.set(test, emulator);
        } catch (IllegalAccessException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
