package io.quarkiverse.hume.test.shapes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.quarkiverse.hume.test.shapes.Shape.Annotation;
import io.quarkiverse.hume.test.shapes.Shape.Interface;
import io.quarkiverse.hume.test.shapes.Shape.Method;

/**
 * Randomly generated REST clients. No bean has a method with JAX-RS annotations in two of its interfaces, because Quarkus does
 * not build such applications.
 */
public final class Shapes {

    public static final String DEFAULT = "<default>";
    public static final String OTHER = "other";

    private static final List<String> STRATEGIES = List.of("AUTO", "API_KEY", "TOKEN");

    private final Random random;
    private final boolean callable;
    private int interfaces;
    private int methods;
    private String prefix;
    private boolean registered;

    private Shapes(long seed, boolean callable) {
        this.random = new Random(seed);
        this.callable = callable;
    }

    /**
     * Always the same ones for the same seed.
     *
     * @param callable only such as the REST client can make calls with: it takes no type variable as a parameter, and none as
     *        what a method returns, unless in {@code Uni<T>}
     */
    public static List<Shape> generate(long seed, int count, boolean callable) {
        Shapes shapes = new Shapes(seed, callable);
        List<Shape> generated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            generated.add(shapes.shape("S" + i));
        }
        return generated;
    }

    private Shape shape(String name) {
        prefix = name;
        interfaces = 0;
        methods = 0;
        registered = random.nextBoolean();
        Interface client;
        do {
            client = hierarchy(2, false, 0);
        } while (Shape.expectations(client).isEmpty());
        return new Shape(client, registered);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private Annotation annotation(double probability) {
        return !chance(probability) ? null
                : new Annotation(random.nextBoolean() ? DEFAULT : OTHER, STRATEGIES.get(random.nextInt(STRATEGIES.size())));
    }

    private String result(boolean generic) {
        return !generic ? "String" : callable ? "io.smallrye.mutiny.Uni<T>" : "T";
    }

    /** @param above how many levels there may be above the interface */
    private Interface hierarchy(int above, boolean genericPossible, int subResources) {
        String name = prefix + (interfaces++ == 0 ? "" : "I" + interfaces);
        List<Interface> parents = new ArrayList<>();
        if (above > 0 && chance(0.75)) {
            parents.add(hierarchy(above - 1, true, subResources));
            if (chance(0.35)) {
                parents.add(hierarchy(above - 1, true, subResources));
            }
            if (!registered && chance(0.2) && !parents.get(0).parents.isEmpty()) {
                // Extended directly and by way of the other one.
                parents.add(parents.get(0).parents.get(0));
            }
        }
        boolean generic = genericPossible && chance(0.3);
        Interface made = new Interface(name, generic, annotation(0.35), parents);
        if (!chance(0.3)) {
            for (int i = random.nextInt(2); i >= 0; i--) {
                made.methods.add(new Method("m" + methods++, annotation(0.3), true,
                        !chance(0.4) ? null : generic && !callable && chance(0.7) ? "T" : "String",
                        result(generic && chance(0.5)), null));
            }
        }
        if (subResources < 2 && chance(0.2)) {
            Interface sub;
            do {
                sub = hierarchy(1, false, subResources + 1);
            } while (Shape.expectations(sub).isEmpty());
            made.methods.add(new Method("sub" + methods++, annotation(0.3), true, null, sub.name, sub));
        }
        Interface overriding = made;
        made.allMethods().forEach((method, declarations) -> {
            if (!declarations.containsKey(overriding) && chance(0.3)) {
                Method overridden = declarations.values().iterator().next();
                overriding.methods.add(new Method(method, annotation(0.4), !registered && chance(0.6),
                        overridden.parameter == null ? null : "String",
                        overridden.result.replace("<T>", "<String>").replaceFirst("^T$", "String"),
                        overridden.subResource));
            }
        });
        return made;
    }

    /** @return by the name of the class */
    public static Map<String, byte[]> compile(List<Shape> shapes) {
        Map<String, String> sources = new LinkedHashMap<>();
        shapes.forEach(shape -> sources.putAll(shape.sources()));
        return compile(sources);
    }

    /**
     * @param sourcesByName of classes in the package {@code shapes}, by their simple names
     * @return by the name of the class
     */
    public static Map<String, byte[]> compile(Map<String, String> sourcesByName) {
        Map<String, String> sources = new LinkedHashMap<>();
        sourcesByName.forEach((name, source) -> sources.put("shapes." + name, source));
        return SourceCode.compile(sources);
    }
}
