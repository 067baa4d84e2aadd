package io.quarkiverse.hume.test;

import java.util.ArrayList;
import java.util.List;

import io.quarkus.test.junit.callback.QuarkusTestAfterConstructCallback;
import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;

/**
 * Sets the fields of classes with {@code @QuarkusTest}. Quarkus calls it, because it runs these tests on instances that JUnit
 * extensions do not get.
 */
public final class QuarkusTestConnection
        implements QuarkusTestAfterConstructCallback, QuarkusTestBeforeEachCallback, QuarkusTestAfterEachCallback {

    @Override
    public void afterConstruct(Object test) {
        EmulatorFields.connect(test);
    }

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        reset(context);
    }

    @Override
    public void afterEach(QuarkusTestMethodContext context) {
        reset(context);
    }

    private static void reset(QuarkusTestMethodContext context) {
        List<Object> tests = new ArrayList<>(context.getOuterInstances());
        tests.add(context.getTestInstance());
        EmulatorFields.reset(tests);
    }
}
