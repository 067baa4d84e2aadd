package io.quarkiverse.hume.deployment.index;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.TypeVariable;

/** A type with all that it extends and implements, at any depth, and its methods with type variables resolved. */
public final class TypeHierarchy {

    private static final int SYNTHETIC = 0x1000;

    /**
     * The type itself or a super-type.
     *
     * @param distance the number of steps on the shortest path from the type
     * @param variables the class names by which the type variables are replaced
     */
    public record Member(ClassInfo type, int distance, Map<String, String> variables) {
    }

    /** A method as one of the types declares it. */
    public record Declared(Member member, MethodInfo method) {
    }

    private final ClientIndex index;
    private final Map<DotName, Member> members = new LinkedHashMap<>();

    /** @param variables the class names by which the type's own variables are replaced */
    public TypeHierarchy(ClassInfo type, Map<String, String> variables, ClientIndex index) {
        this.index = index;
        Deque<Member> open = new ArrayDeque<>(List.of(new Member(type, 0, variables)));
        while (!open.isEmpty()) {
            Member member = open.poll();
            if (members.putIfAbsent(member.type().name(), member) == null) {
                List<Type> parents = new ArrayList<>(member.type().interfaceTypes());
                if (!member.type().isInterface() && member.type().superClassType() != null) {
                    parents.add(0, member.type().superClassType());
                }
                for (Type parent : parents) {
                    ClassInfo parentType = index.type(parent.name());
                    if (parentType != null) {
                        open.add(new Member(parentType, member.distance() + 1,
                                arguments(parent, parentType, member.variables())));
                    }
                }
            }
        }
    }

    /** The replacements of a generic type's variables for these type arguments. */
    public static Map<String, String> arguments(Type reference, ClassInfo type, Map<String, String> variables) {
        Map<String, String> arguments = new HashMap<>();
        if (reference.kind() == Type.Kind.PARAMETERIZED_TYPE) {
            List<Type> given = reference.asParameterizedType().arguments();
            List<TypeVariable> wanted = type.typeParameters();
            for (int i = 0; i < Math.min(given.size(), wanted.size()); i++) {
                arguments.put(wanted.get(i).identifier(), erased(given.get(i), variables));
            }
        }
        return arguments;
    }

    /** The erasure of the type, after its variables have been replaced, as a class name. */
    public static String erased(Type type, Map<String, String> variables) {
        return switch (type.kind()) {
            case TYPE_VARIABLE -> variables.getOrDefault(type.asTypeVariable().identifier(), type.name().toString());
            case ARRAY -> erased(type.asArrayType().elementType(), variables) + "[]".repeat(type.asArrayType().dimensions());
            default -> type.name().toString();
        };
    }

    public ClassInfo type() {
        return members.values().iterator().next().type();
    }

    /** The types, nearer ones first. */
    public Collection<Member> members() {
        return members.values();
    }

    /**
     * The methods of all types, each with the methods that it overrides. Bridge methods and other synthetic methods are
     * excluded, because they repeat the annotations of the methods that they call.
     *
     * @return by name and parameter types; nearer declarations first
     */
    public Map<String, List<Declared>> methods() {
        Map<String, List<Declared>> methods = new LinkedHashMap<>();
        for (Member member : members.values()) {
            for (MethodInfo method : member.type().methods()) {
                if ((method.flags() & (SYNTHETIC | Modifier.STATIC | Modifier.PRIVATE)) == 0 && !method.isConstructor()) {
                    methods.computeIfAbsent(signature(method, member.variables()), signature -> new ArrayList<>())
                            .add(new Declared(member, method));
                }
            }
        }
        return methods;
    }

    private static String signature(MethodInfo method, Map<String, String> variables) {
        Map<String, String> visible = new HashMap<>(variables);
        method.typeParameters().forEach(own -> visible.remove(own.identifier()));
        StringJoiner signature = new StringJoiner(",", method.name() + "(", ")");
        method.parameterTypes().forEach(type -> signature.add(erased(type, visible)));
        return signature.toString();
    }

    /**
     * Of the declarations of one method in several types, returns the one that the REST client implements: that of the type
     * itself, otherwise that of its first parent.
     */
    public Declared implemented(List<Declared> declarations) {
        return implemented(type(), declarations);
    }

    private Declared implemented(ClassInfo type, List<Declared> declarations) {
        for (Declared declared : declarations) {
            if (declared.member().type().name().equals(type.name())) {
                return declared;
            }
        }
        for (DotName parent : ClientIndex.parents(type)) {
            Member member = members.get(parent);
            Declared found = member == null ? null : implemented(member.type(), declarations);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Keeps the nearest declarations: removes super-types of another type in the list, and then all but those with the fewest
     * steps.
     *
     * @return several only if they are equally near and none extends another
     */
    public List<Member> nearest(Collection<Member> candidates) {
        List<Member> specific = candidates.stream().filter(candidate -> candidates.stream()
                .noneMatch(other -> index.isSuperType(candidate.type().name(), other.type()))).toList();
        int distance = specific.stream().mapToInt(Member::distance).min().orElse(0);
        return specific.stream().filter(candidate -> candidate.distance() == distance).toList();
    }
}
