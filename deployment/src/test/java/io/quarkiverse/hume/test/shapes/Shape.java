package io.quarkiverse.hume.test.shapes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A REST client interface with the types that it extends and returns, and a simple implementation of the documented rules for
 * its calls. Independent of the classes of the extension.
 */
public final class Shape {

    /** An annotation. Strategies are {@code AUTO}, {@code API_KEY} and {@code TOKEN}. */
    public record Annotation(String account, String strategy) {

        String source() {
            return "@io.quarkiverse.hume.HumeAuthenticated(account = \"" + account
                    + "\", strategy = io.quarkiverse.hume.HumeStrategy." + strategy + ")\n";
        }
    }

    /** The result of the documented rule for a call. */
    public record Expectation(Annotation annotation, boolean ambiguous) {

        static final Expectation NOTHING = new Expectation(null, false);
        static final Expectation AMBIGUOUS = new Expectation(null, true);
    }

    /** A method. Methods of the same name in several interfaces of one shape override each other. */
    public static final class Method {

        final String name;
        final Annotation annotation;
        /** Whether it has the annotations of JAX-RS, which one that overrides may leave out. */
        final boolean jaxRs;
        /** The type variable, or a class in its place; null for no parameter. */
        final String parameter;
        final String result;
        /** Of a method that leads to a sub-resource. */
        final Interface subResource;

        Method(String name, Annotation annotation, boolean jaxRs, String parameter, String result, Interface subResource) {
            this.name = name;
            this.annotation = annotation;
            this.jaxRs = jaxRs;
            this.parameter = parameter;
            this.result = result;
            this.subResource = subResource;
        }

        String source() {
            StringBuilder source = new StringBuilder(annotation == null ? "" : annotation.source());
            if (jaxRs) {
                source.append("@jakarta.ws.rs.Path(\"/").append(name).append("\")\n");
                if (subResource == null) {
                    source.append(parameter == null ? "@jakarta.ws.rs.GET\n" : "@jakarta.ws.rs.POST\n");
                }
            }
            return source + result + " " + name + "("
                    + (parameter == null ? "" : parameter + " value") + ");\n";
        }
    }

    /** An interface; generic ones have one type variable, which everything that extends them sets to String. */
    public static final class Interface {

        final String name;
        final boolean generic;
        final Annotation annotation;
        final List<Interface> parents;
        final List<Method> methods = new ArrayList<>();

        Interface(String name, boolean generic, Annotation annotation, List<Interface> parents) {
            this.name = name;
            this.generic = generic;
            this.annotation = annotation;
            this.parents = parents;
        }

        String source(String head) {
            return "package shapes;\n" + head + (annotation == null ? "" : annotation.source())
                    + "public interface " + name + (generic ? "<T>" : "")
                    + (parents.isEmpty() ? ""
                            : " extends " + parents.stream()
                                    .map(parent -> parent.name + (parent.generic ? "<String>" : ""))
                                    .collect(Collectors.joining(", ")))
                    + " {\n" + methods.stream().map(Method::source).collect(Collectors.joining("\n")) + "}\n";
        }

        /** The interface itself and all above it, with the number of steps. */
        Map<Interface, Integer> above() {
            Map<Interface, Integer> steps = new LinkedHashMap<>();
            Set<Interface> level = new LinkedHashSet<>(Set.of(this));
            for (int i = 0; !level.isEmpty(); i++) {
                Set<Interface> next = new LinkedHashSet<>();
                for (Interface one : level) {
                    steps.putIfAbsent(one, i);
                    next.addAll(one.parents);
                }
                level = next;
            }
            return steps;
        }

        /** By name, all methods, the nearest declaration first. */
        Map<String, Map<Interface, Method>> allMethods() {
            Map<String, Map<Interface, Method>> all = new TreeMap<>();
            above().keySet().forEach(one -> one.methods
                    .forEach(method -> all.computeIfAbsent(method.name, name -> new LinkedHashMap<>()).put(one, method)));
            return all;
        }
    }

    private record Step(Interface in, String method) {
    }

    final Interface client;
    final boolean registered;

    Shape(Interface client, boolean registered) {
        this.client = client;
        this.registered = registered;
    }

    public String name() {
        return "shapes." + client.name;
    }

    /** A bean; otherwise it is built with a builder. */
    public boolean isRegistered() {
        return registered;
    }

    /** By what is called, such as {@code m1} or {@code sub2().m3}. */
    public Map<String, Expectation> expectations() {
        return expectations(client);
    }

    static Map<String, Expectation> expectations(Interface client) {
        Map<String, Expectation> expectations = new TreeMap<>();
        walk(client, List.of(), "", expectations);
        return expectations;
    }

    private static void walk(Interface in, List<Step> before, String path, Map<String, Expectation> expectations) {
        in.allMethods().forEach((name, declarations) -> {
            List<Step> steps = new ArrayList<>(before);
            steps.add(new Step(in, name));
            Interface sub = declarations.values().iterator().next().subResource;
            if (sub != null) {
                walk(sub, steps, path + name + "().", expectations);
            } else {
                expectations.put(path + name, expectation(steps));
            }
        });
    }

    /** From the inside out; in each interface, its methods come before it. */
    private static Expectation expectation(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            Interface in = steps.get(i).in();
            Map<Interface, Annotation> onMethods = new LinkedHashMap<>();
            in.allMethods().get(steps.get(i).method()).forEach((one, method) -> onMethods.put(one, method.annotation));
            Map<Interface, Annotation> onInterfaces = new LinkedHashMap<>();
            in.above().keySet().forEach(one -> onInterfaces.put(one, one.annotation));
            for (Map<Interface, Annotation> annotations : List.of(onMethods, onInterfaces)) {
                annotations.values().removeIf(annotation -> annotation == null);
                if (!annotations.isEmpty()) {
                    return nearest(in.above(), annotations);
                }
            }
        }
        return Expectation.NOTHING;
    }

    private static Expectation nearest(Map<Interface, Integer> steps, Map<Interface, Annotation> annotations) {
        Set<Interface> left = new LinkedHashSet<>(annotations.keySet());
        for (Interface one : annotations.keySet()) {
            left.removeIf(other -> other != one && one.above().containsKey(other));
        }
        int fewest = left.stream().mapToInt(steps::get).min().orElseThrow();
        Set<Annotation> nearest = left.stream().filter(one -> steps.get(one) == fewest).map(annotations::get)
                .collect(Collectors.toSet());
        return nearest.size() > 1 ? Expectation.AMBIGUOUS : new Expectation(nearest.iterator().next(), false);
    }

    /** The accounts of all calls. */
    public Set<String> accounts() {
        Set<String> accounts = new TreeSet<>();
        expectations().values().stream().filter(expectation -> expectation.annotation() != null)
                .forEach(expectation -> accounts.add(expectation.annotation().account()));
        return accounts;
    }

    public boolean isAmbiguous() {
        return interfaces().stream().filter(this::isLeaf).anyMatch(one -> expectations(one).values().stream()
                .anyMatch(Expectation::ambiguous));
    }

    private boolean isLeaf(Interface one) {
        return interfaces().stream().noneMatch(other -> other.parents.contains(one));
    }

    /** All that the client extends and returns. */
    Set<Interface> interfaces() {
        Set<Interface> all = new LinkedHashSet<>();
        collect(client, all);
        return all;
    }

    private static void collect(Interface one, Set<Interface> all) {
        if (all.add(one)) {
            one.parents.forEach(parent -> collect(parent, all));
            one.methods.stream().filter(method -> method.subResource != null)
                    .forEach(method -> collect(method.subResource, all));
        }
    }

    /** By the name of the interface. */
    public Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Interface one : interfaces()) {
            String head = one != client ? ""
                    : "@jakarta.ws.rs.Path(\"/" + client.name + "\")\n"
                            + (registered ? "@org.eclipse.microprofile.rest.client.inject.RegisterRestClient\n" : "");
            sources.put(one.name, one.source(head));
        }
        return sources;
    }

    @Override
    public String toString() {
        return String.join("\n", sources().values());
    }
}
