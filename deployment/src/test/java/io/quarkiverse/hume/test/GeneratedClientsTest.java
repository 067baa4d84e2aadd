package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.spi.CDI;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.deployment.devui.ClientTableExport;
import io.quarkiverse.hume.test.shapes.Shape;
import io.quarkiverse.hume.test.shapes.Shapes;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/**
 * Several hundred randomly generated REST clients in one application: each call carries the credential and goes to the address
 * that the documented rule specifies, and the Dev UI shows the same. Use {@code -Dhume.shapes.seed} for other clients.
 */
class GeneratedClientsTest {

    private static final long SEED = Long.getLong("hume.shapes.seed", 1);
    private static final int SHAPES = Integer.getInteger("hume.shapes.count", 300);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> Platforms.start("default", "other", "gateway"))
            .addBuildChainCustomizer(builder -> ClientTableExport.addTo(builder))
            .withApplicationRoot(GeneratedClientsTest::add);

    private static List<Shape> shapes() {
        return Shapes.generate(SEED, SHAPES, true).stream().filter(shape -> !shape.isAmbiguous()).toList();
    }

    private static void add(JavaArchive jar) {
        List<Shape> shapes = shapes();
        Shapes.compile(shapes).forEach((name, bytes) -> jar.add(new ByteArrayAsset(bytes), name.replace('.', '/') + ".class"));
        StringBuilder properties = new StringBuilder("""
                quarkus.arc.remove-unused-beans=none
                hume.strategy=token
                hume.api-key=key-of-default
                hume.secret-key=secret-of-default
                hume.base-url=${platform.default}
                hume.accounts.other.strategy=api-key
                hume.accounts.other.api-key=key-of-other
                hume.accounts.other.secret-key=secret-of-other
                hume.accounts.other.base-url=${platform.other}
                """);
        shapes.stream().filter(shape -> shape.isRegistered() && shape.accounts().size() != 1).forEach(shape -> properties
                .append("quarkus.rest-client.\"").append(shape.name()).append("\".url=${platform.gateway}\n"));
        jar.addClasses(Platforms.class, Shape.class, Shapes.class)
                .addClasses(Shape.Annotation.class, Shape.Expectation.class, Shape.Interface.class, Shape.Method.class)
                .addAsResource(new StringAsset(properties.toString()), "application.properties");
    }

    @Test
    void everyCall_isAuthenticatedAsDocumented() throws Exception {
        List<Shape> shapes = shapes();
        List<String> differences = new ArrayList<>();
        int calls = 0;
        for (Shape shape : shapes) {
            Object client = client(shape);
            for (String call : shape.expectations().keySet()) {
                calls++;
                String difference = difference(shape, client, call);
                if (difference != null) {
                    differences.add(difference);
                }
            }
        }
        assertThat(differences).as("seed %s: %s of %s calls of %s clients differ", SEED, differences.size(), calls,
                shapes.size()).isEmpty();
        assertThat(calls).isGreaterThan(SHAPES);
    }

    private static Object client(Shape shape) throws ClassNotFoundException {
        Class<?> type = Thread.currentThread().getContextClassLoader().loadClass(shape.name());
        return shape.isRegistered() ? CDI.current().select(type, RestClient.LITERAL).get()
                : QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(System.getProperty("platform.gateway"))).build(type);
    }

    /** @return null if everything is as expected */
    private static String difference(Shape shape, Object client, String call) throws Exception {
        Shape.Annotation expected = shape.expectations().get(call).annotation();
        String account = expected == null ? null : name(expected.account());
        String strategy = expected == null ? "none" : strategy(expected);
        String platform = shape.isRegistered() && shape.accounts().size() == 1 ? name(shape.accounts().iterator().next())
                : "gateway";
        String received = Platforms.received(platform, account, strategy);
        List<String> answers = new ArrayList<>();
        invoke(client, call.split("\\(\\)\\."), 0, answers);
        Set<String> distinct = Set.copyOf(answers);
        String table = expected == null && shape.accounts().isEmpty() ? null
                : (expected == null ? "null" : expected.account()) + " " + strategy;
        String shown = Platforms.inTable(shape.name(), call);
        return distinct.equals(Set.of(received)) && String.valueOf(table).equals(String.valueOf(shown)) ? null
                : shape.name() + "#" + call + ": expected " + received + ", arrived " + distinct + ", the table says " + shown
                        + "\n" + shape;
    }

    private static String name(String account) {
        return account.equals(Shapes.DEFAULT) ? "default" : account;
    }

    private static String strategy(Shape.Annotation annotation) {
        return switch (annotation.strategy()) {
            case "TOKEN" -> "token";
            case "API_KEY" -> "api-key";
            default -> annotation.account().equals(Shapes.DEFAULT) ? "token" : "api-key";
        };
    }

    /** By way of each interface that declares the method, bridges included. */
    private static void invoke(Object target, String[] path, int position, List<String> answers) throws Exception {
        for (Class<?> type : interfaces(target.getClass(), new ArrayList<>())) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(path[position]) && !Modifier.isStatic(method.getModifiers())) {
                    Object answer;
                    try {
                        answer = method.invoke(target, method.getParameterCount() == 0 ? new Object[0] : new Object[] { "x" });
                    } catch (InvocationTargetException e) {
                        answer = e.getCause().toString();
                    }
                    if (answer instanceof Uni) {
                        answer = ((Uni<?>) answer).await().indefinitely();
                    }
                    if (position == path.length - 1 || answer instanceof String) {
                        answers.add((String) answer);
                    } else {
                        invoke(answer, path, position + 1, answers);
                    }
                }
            }
        }
    }

    private static List<Class<?>> interfaces(Class<?> type, List<Class<?>> found) {
        if (type.isInterface() && type.getName().startsWith("shapes.") && !found.contains(type)) {
            found.add(type);
        }
        for (Class<?> parent : type.getInterfaces()) {
            interfaces(parent, found);
        }
        if (type.getSuperclass() != null) {
            interfaces(type.getSuperclass(), found);
        }
        return found;
    }
}
