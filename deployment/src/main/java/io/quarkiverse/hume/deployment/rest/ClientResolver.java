package io.quarkiverse.hume.deployment.rest;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.index.TypeHierarchy;
import io.quarkiverse.hume.deployment.index.TypeHierarchy.Declared;
import io.quarkiverse.hume.deployment.index.TypeHierarchy.Member;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Call;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Level;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;

/**
 * Determines which calls of which REST clients are authenticated, and how. All other code uses this result.
 * <p>
 * An annotation on a method, in any of the client's types, takes precedence over one on a type, and a type takes precedence
 * over the types that it extends. For a call of a sub-resource, the annotation of its own interface applies. If there is none,
 * the annotation of the method that returns the sub-resource applies, and then that of the type of this method.
 */
public final class ClientResolver {

    private static final DotName FILTER = DotName.createSimple(HumeRequestFilter.class);

    private final ClientIndex index;

    /** The properties that name clients, by type. */
    private final Map<DotName, Declaration> configured;

    private final Map<String, AuthenticatedClient> clients = new TreeMap<>();
    /**
     * The types and methods whose annotations apply to a call of a client or sub-resource, or would apply if there were no
     * nearer declarations.
     */
    private final Set<String> reached = new HashSet<>();

    /** @param configured the properties that name clients, by type */
    public ClientResolver(ClientIndex index, Map<DotName, Declaration> configured) {
        this.index = index;
        this.configured = configured;
        Set<DotName> types = index.clients();
        types.addAll(configured.keySet());
        types.forEach(this::addClient);
    }

    /**
     * A client type, or the interface of a sub-resource.
     *
     * @param outer {@code null} for the client itself
     * @param locator the method of the outer type that leads here
     * @param path the calls that return the sub-resource, such as {@code evi().}
     */
    private record Position(TypeHierarchy hierarchy, Position outer, List<Declared> locator, String path) {

        boolean isInside(ClassInfo type) {
            return hierarchy.type().name().equals(type.name()) || outer != null && outer.isInside(type);
        }

        /** @param called the declarations of the called method in all types; the declaration that is called is the first one */
        List<Level> levels(List<MethodInfo> called) {
            List<Level> levels = new ArrayList<>(
                    outer == null ? List.of() : outer.levels(locator.stream().map(Declared::method).toList()));
            levels.add(new Level(hierarchy.members().stream().map(Member::type).toList(), called));
            return List.copyOf(levels);
        }
    }

    /**
     * The declarations that apply to a call. There are several only if none of them is nearer than the others and they
     * contradict each other.
     */
    private record Resolution(List<Declaration> nearest) {

        static final Resolution NONE = new Resolution(List.of());

        boolean isAmbiguous() {
            return nearest.size() > 1;
        }

        Declaration declaration() {
            return nearest.size() == 1 ? nearest.get(0) : null;
        }
    }

    /**
     * The clients with at least one call that is authenticated, or would be if its declarations did not contradict each other,
     * by name.
     */
    Map<String, AuthenticatedClient> clients() {
        return clients;
    }

    /** Returns the result. */
    public HumeRestClientsBuildItem found() {
        return new HumeRestClientsBuildItem(clients, reached);
    }

    /** The reasons why clients cannot be authenticated as declared, each as a sentence. */
    List<String> violations() {
        // An interface that others extend need not be a client itself, and the interfaces that extend it may be unambiguous.
        return clients.values().stream().filter(client -> client.registered()
                || index.index().getAllKnownSubinterfaces(client.type().name()).isEmpty())
                .flatMap(client -> client.conflicts().stream()).distinct().toList();
    }

    private void addClient(DotName name) {
        ClassInfo type = index.type(name);
        if (type == null) {
            return;
        }
        Position root = new Position(new TypeHierarchy(type, Map.of(), index), null, null, "");
        List<Call> calls = new ArrayList<>();
        Set<String> conflicts = new LinkedHashSet<>();
        addCalls(root, name.toString(), calls, conflicts);
        conflicts.addAll(ClientConflicts.contradictions(name.toString(), calls));
        if (!conflicts.isEmpty() || calls.stream().anyMatch(call -> call.declaration() != null)) {
            clients.put(name.toString(), new AuthenticatedClient(type,
                    type.hasDeclaredAnnotation(ClientIndex.REGISTER_REST_CLIENT), onType(root.hierarchy()).declaration(),
                    List.copyOf(calls), List.copyOf(conflicts)));
        }
    }

    private void addCalls(Position position, String client, List<Call> calls, Set<String> conflicts) {
        for (List<Declared> declarations : position.hierarchy().methods().values()) {
            Declared called = position.hierarchy().implemented(declarations);
            List<Declared> abstracts = declarations.stream().filter(declared -> isAbstract(declared.method())).toList();
            if (!isAbstract(called.method())) {
                continue;
            }
            if (abstracts.stream().anyMatch(declared -> index.isRequest(declared.method()))) {
                reach(position.hierarchy(), abstracts);
                Resolution resolution = resolve(position, abstracts);
                if (resolution.isAmbiguous()) {
                    conflicts.add(ClientConflicts.ambiguity(client, position.path() + called.method().name(),
                            resolution.nearest()));
                }
                List<MethodInfo> methods = new ArrayList<>(List.of(called.method()));
                abstracts.stream().filter(declared -> declared != called)
                        .forEach(declared -> methods.add(declared.method()));
                calls.add(new Call(position.path() + called.method().name(), position.levels(List.copyOf(methods)),
                        resolution.declaration()));
            } else if (abstracts.stream().anyMatch(declared -> index.isLocator(declared.method()))) {
                addSubResource(position, called, abstracts, client, calls, conflicts);
            }
        }
    }

    private void addSubResource(Position position, Declared called, List<Declared> locator, String client, List<Call> calls,
            Set<String> conflicts) {
        Type returned = called.method().returnType();
        Map<String, String> variables = called.member().variables();
        ClassInfo type = index.type(DotName.createSimple(TypeHierarchy.erased(returned, variables)));
        if (type != null && type.isInterface() && !position.isInside(type)) {
            reach(position.hierarchy(), locator);
            TypeHierarchy hierarchy = new TypeHierarchy(type, TypeHierarchy.arguments(returned, type, variables), index);
            addCalls(new Position(hierarchy, position, locator, position.path() + called.method().name() + "()."), client,
                    calls, conflicts);
        }
    }

    private void reach(TypeHierarchy hierarchy, List<Declared> declarations) {
        hierarchy.members().forEach(member -> reached.add(member.type().name().toString()));
        declarations.forEach(declared -> reached.add(AuthenticatedClient.key(declared.method())));
    }

    private Resolution resolve(Position position, List<Declared> declarations) {
        Map<Member, Declaration> onMethods = new LinkedHashMap<>();
        for (Declared declared : declarations) {
            AnnotationInstance annotation = declared.method().declaredAnnotation(HumeAnnotations.AUTHENTICATED);
            if (annotation != null) {
                onMethods.put(declared.member(), new Declaration(HumeAnnotations.authentication(annotation),
                        declared.member().type(), declared.method(), Declaration.ANNOTATION));
            }
        }
        Resolution found = nearest(position.hierarchy(), onMethods);
        if (found.nearest().isEmpty()) {
            found = onType(position.hierarchy());
        }
        return found.nearest().isEmpty() && position.outer() != null ? resolve(position.outer(), position.locator()) : found;
    }

    private Resolution onType(TypeHierarchy hierarchy) {
        Map<Member, Declaration> onTypes = new LinkedHashMap<>();
        for (Member member : hierarchy.members()) {
            Declaration declaration = declaration(member.type());
            if (declaration != null) {
                onTypes.put(member, declaration);
            }
        }
        return nearest(hierarchy, onTypes);
    }

    private static Resolution nearest(TypeHierarchy hierarchy, Map<Member, Declaration> declarations) {
        Map<ClientAuthentication, Declaration> distinct = new LinkedHashMap<>();
        hierarchy.nearest(declarations.keySet()).stream().map(declarations::get)
                .forEach(declaration -> distinct.putIfAbsent(declaration.authentication(), declaration));
        return distinct.isEmpty() ? Resolution.NONE : new Resolution(List.copyOf(distinct.values()));
    }

    /** @return the declaration; {@code null} if the type itself has none */
    private Declaration declaration(ClassInfo type) {
        AnnotationInstance annotation = type.declaredAnnotation(HumeAnnotations.AUTHENTICATED);
        if (annotation != null) {
            return new Declaration(HumeAnnotations.authentication(annotation), type, null, Declaration.ANNOTATION);
        }
        Declaration property = configured.get(type.name());
        return property != null || !registersFilter(type) ? property
                : new Declaration(new ClientAuthentication(HumeAccount.DEFAULT, HumeStrategy.AUTO), type, null,
                        Declaration.FILTER);
    }

    static boolean registersFilter(ClassInfo type) {
        return ClientIndex.registeredProviders(type).anyMatch(FILTER::equals);
    }

    private static boolean isAbstract(MethodInfo method) {
        return Modifier.isAbstract(method.flags());
    }
}
