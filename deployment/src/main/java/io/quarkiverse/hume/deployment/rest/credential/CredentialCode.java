package io.quarkiverse.hume.deployment.rest.credential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

import io.quarkiverse.hume.deployment.rest.CredentialHeader;

/**
 * Determines from bytecode what a request filter or a headers factory does with headers. It reads the class, its nested classes
 * and its super-classes. Calls in other classes are only detected at run time.
 */
final class CredentialCode {

    /**
     * The names of methods that take the name and the value of a header: methods of maps and requests, and common names of the
     * application's own methods.
     */
    private static final Set<String> SETTERS = Set.of("putSingle", "add", "addAll", "addFirst", "put", "putIfAbsent",
            "computeIfAbsent", "compute", "merge", "replace", "set", "header", "addHeader", "setHeader", "putHeader");
    private static final Set<String> MAPS = Set.of("java/util/Map#of", "java/util/Map#entry",
            "java/util/Collections#singletonMap");
    private static final String REQUEST_FILTER = "jakarta/ws/rs/client/ClientRequestFilter";

    /** The interfaces of providers that write bodies. They get the headers of the request, and run after all filters. */
    private static final Set<String> BODY_WRITERS = Set.of("jakarta/ws/rs/ext/WriterInterceptor",
            "jakarta/ws/rs/ext/MessageBodyWriter");
    private static final Set<String> SINGLE_READS = Set.of("get", "getFirst", "containsKey", "getOrDefault", "isEmpty", "size");
    private static final Set<String> FACTORY_METHODS = Set.of("update", "getHeaders");
    private static final String TWO_MAPS = "(Ljakarta/ws/rs/core/MultivaluedMap;Ljakarta/ws/rs/core/MultivaluedMap;)";

    /**
     * Classes of extensions on which this extension does not depend. All classes that are derived from them set {@code
     * Authorization}.
     */
    private static final Set<String> KNOWN = Set.of(
            "io/quarkus/oidc/client/reactive/filter/OidcClientRequestReactiveFilter",
            "io/quarkus/oidc/client/reactive/filter/runtime/AbstractOidcClientRequestReactiveFilter",
            "io/quarkus/oidc/client/filter/runtime/AbstractOidcClientRequestFilter",
            "io/quarkus/oidc/token/propagation/reactive/AccessTokenRequestReactiveFilter",
            "io/quarkus/oidc/token/propagation/runtime/AbstractTokenRequestFilter");

    /**
     * The package of the generator's headers factory. It copies the headers that the generator's properties name, and the
     * generated request filter removes these copies.
     */
    private static final String GENERATED_FACTORY = "io/quarkiverse/openapi/generator/providers/"
            + "AbstractAuthenticationPropagationHeadersFactory";

    private final Map<String, ClassNode> classes = new LinkedHashMap<>();
    private final Set<String> types = new HashSet<>();

    private CredentialCode(String className) {
        String type = className.replace('.', '/');
        while (type != null && !type.startsWith("java/")) {
            ClassNode node = addWithNested(type);
            addTypes(type);
            type = node == null ? null : node.superName;
        }
    }

    static CredentialCode of(String className) {
        return new CredentialCode(className);
    }

    /** Whether the class is derived from a known class whose subclasses all set {@code Authorization}. */
    boolean isKnown() {
        return types.stream().anyMatch(KNOWN::contains);
    }

    /** Whether the class is a headers factory that quarkus-openapi-generator has generated. */
    boolean isGeneratedFactory() {
        return types.contains(GENERATED_FACTORY);
    }

    boolean isRequestFilter() {
        return types.contains(REQUEST_FILTER);
    }

    /** Whether the class writes the bodies of requests, so that it can set headers. */
    boolean writesBodies() {
        return types.stream().anyMatch(BODY_WRITERS::contains);
    }

    /**
     * @return {@code Authorization} or {@code X-Hume-Api-Key}; {@code null} if the bytecode does not show that it sets one of
     *         them
     */
    String headerSet() {
        if (isKnown()) {
            return "Authorization";
        }
        for (ClassNode type : classes.values()) {
            for (MethodNode method : type.methods) {
                String header = headerSet(type, method);
                if (header != null) {
                    return header;
                }
            }
        }
        return null;
    }

    /**
     * Whether a headers factory uses the incoming headers in another way than by reading single headers with constant names.
     */
    boolean copiesIncomingHeaders() {
        for (ClassNode type : classes.values()) {
            for (MethodNode method : type.methods) {
                if (FACTORY_METHODS.contains(method.name) && method.desc.startsWith(TWO_MAPS)
                        && copiesIncomingHeaders(type, method)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String headerSet(ClassNode type, MethodNode method) {
        Frame<SourceValue>[] frames = frames(type, method);
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != null && method.instructions.get(i) instanceof MethodInsnNode call && isSetter(call)) {
                for (SourceValue argument : arguments(frames[i], Type.getArgumentTypes(call.desc).length)) {
                    String header = credential(argument);
                    if (header != null) {
                        return header;
                    }
                }
            }
        }
        return null;
    }

    private static boolean isSetter(MethodInsnNode call) {
        return Type.getArgumentTypes(call.desc).length > 1
                && (SETTERS.contains(call.name) || MAPS.contains(call.owner + "#" + call.name));
    }

    private static boolean copiesIncomingHeaders(ClassNode type, MethodNode method) {
        Frame<SourceValue>[] frames = frames(type, method);
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            List<SourceValue> values = frames[i] == null ? List.of() : arguments(frames[i], consumed(instruction));
            for (int position = 0; position < values.size(); position++) {
                if (isIncoming(values.get(position)) && !(position == 0 && isSingleRead(instruction, values))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIncoming(SourceValue value) {
        return value.insns.stream().anyMatch(source -> source instanceof VarInsnNode load
                && load.getOpcode() == Opcodes.ALOAD && load.var == 1);
    }

    private static boolean isSingleRead(AbstractInsnNode instruction, List<SourceValue> values) {
        if (!(instruction instanceof MethodInsnNode call) || !SINGLE_READS.contains(call.name)) {
            return false;
        }
        return values.size() == 1 || values.get(1).insns.stream().allMatch(source -> source instanceof LdcInsnNode constant
                && constant.cst instanceof String name && CredentialHeader.of(name) == null);
    }

    /** The number of values that an instruction takes from the stack; 0 for instructions that cannot pass an object on. */
    private static int consumed(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            return Type.getArgumentTypes(call.desc).length + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
        }
        if (instruction instanceof InvokeDynamicInsnNode call) {
            return Type.getArgumentTypes(call.desc).length;
        }
        return switch (instruction.getOpcode()) {
            case Opcodes.ARETURN, Opcodes.PUTFIELD, Opcodes.PUTSTATIC, Opcodes.AASTORE, Opcodes.ASTORE,
                    Opcodes.CHECKCAST ->
                1;
            default -> 0;
        };
    }

    private static List<SourceValue> arguments(Frame<SourceValue> frame, int count) {
        List<SourceValue> values = new ArrayList<>();
        for (int i = Math.max(0, frame.getStackSize() - count); i < frame.getStackSize(); i++) {
            values.add(frame.getStack(i));
        }
        return values;
    }

    /**
     * Returns the credential header that the value names. The compiler inlines constants, except those of Vert.x and Netty,
     * which are not strings.
     */
    private static String credential(SourceValue value) {
        for (AbstractInsnNode source : value.insns) {
            if (source instanceof LdcInsnNode constant && constant.cst instanceof String name
                    && CredentialHeader.of(name) != null) {
                return CredentialHeader.of(name);
            }
            AbstractInsnNode read = source instanceof MethodInsnNode call && call.name.equals("toString") ? source.getPrevious()
                    : source;
            if (read instanceof FieldInsnNode field && field.getOpcode() == Opcodes.GETSTATIC
                    && field.name.equals("AUTHORIZATION")) {
                return "Authorization";
            }
        }
        return null;
    }

    private static Frame<SourceValue>[] frames(ClassNode type, MethodNode method) {
        try {
            return new Analyzer<>(new SourceInterpreter()).analyze(type.name, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException("The bytecode of " + type.name + "#" + method.name + " is not valid", e);
        }
    }

    private void addTypes(String name) {
        if (types.add(name)) {
            ClassNode node = read(name);
            if (node != null) {
                node.interfaces.forEach(this::addTypes);
            }
        }
    }

    private ClassNode addWithNested(String name) {
        ClassNode node = read(name);
        if (node != null && classes.putIfAbsent(name, node) == null) {
            Set<String> nested = new HashSet<>();
            for (InnerClassNode inner : node.innerClasses) {
                if (inner.name.startsWith(name + "$")) {
                    nested.add(inner.name);
                }
            }
            nested.forEach(this::addWithNested);
        }
        return node;
    }

    private static ClassNode read(String name) {
        try (InputStream code = Thread.currentThread().getContextClassLoader().getResourceAsStream(name + ".class")) {
            if (code == null) {
                return null;
            }
            ClassNode node = new ClassNode();
            new ClassReader(code).accept(node, ClassReader.SKIP_DEBUG);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
