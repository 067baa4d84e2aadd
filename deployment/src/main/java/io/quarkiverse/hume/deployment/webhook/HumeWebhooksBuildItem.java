package io.quarkiverse.hume.deployment.webhook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.resteasy.reactive.server.processor.ServerEndpointIndexer;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.builder.item.SimpleBuildItem;

/**
 * Which account's webhooks a resource method receives. It keeps a record of what was asked while the server put its endpoints
 * together, so that an annotation that had no effect can be found.
 */
public final class HumeWebhooksBuildItem extends SimpleBuildItem {

    static final DotName WEBHOOK = DotName.createSimple(HumeWebhook.class);

    private final IndexView index;
    private final Set<String> effective = ConcurrentHashMap.newKeySet();
    private final Map<String, String> resources = new ConcurrentHashMap<>();

    HumeWebhooksBuildItem(IndexView index) {
        this.index = index;
    }

    /** @return {@code null} if the method is no webhook */
    String accountOf(MethodInfo method, ClassInfo endpoint) {
        Set<ClassInfo> types = types(method, endpoint);
        List<AnnotationInstance> found = new ArrayList<>();
        for (ClassInfo type : types) {
            MethodInfo same = type.method(method.name(), method.parameterTypes());
            add(found, same == null ? null : same.declaredAnnotation(WEBHOOK));
        }
        add(found, ServerEndpointIndexer.findEndpointImplementation(method, endpoint, index).declaredAnnotation(WEBHOOK));
        add(found, method.declaredAnnotation(WEBHOOK));
        types.forEach(type -> add(found, type.declaredAnnotation(WEBHOOK)));
        if (found.isEmpty()) {
            return null;
        }
        found.forEach(annotation -> effective.add(annotation.target().toString() + of(annotation)));
        AnnotationValue value = found.get(0).value("account");
        String account = value == null ? HumeAccount.DEFAULT : value.asString();
        resources.put(account, endpoint.name() + "#" + method.name());
        return account;
    }

    boolean hadEffect(AnnotationInstance annotation) {
        return effective.contains(annotation.target().toString() + of(annotation));
    }

    /** By account, a method that receives its webhooks. */
    Map<String, String> resources() {
        return new TreeMap<>(resources);
    }

    public List<AnnotationInstance> annotations() {
        return List.copyOf(index.getAnnotations(WEBHOOK));
    }

    /** The endpoint, what it inherits from and, where it is not a class that can have instances, what inherits from it. */
    private Set<ClassInfo> types(MethodInfo method, ClassInfo endpoint) {
        Set<ClassInfo> types = new LinkedHashSet<>();
        addWithParents(types, endpoint);
        if (endpoint.isInterface()) {
            index.getAllKnownImplementations(endpoint.name()).forEach(type -> addWithParents(types, type));
        } else if (endpoint.isAbstract()) {
            index.getAllKnownSubclasses(endpoint.name()).forEach(type -> addWithParents(types, type));
        }
        addWithParents(types, method.declaringClass());
        return types;
    }

    private void addWithParents(Set<ClassInfo> types, ClassInfo type) {
        if (type != null && types.add(type)) {
            if (type.superName() != null) {
                addWithParents(types, index.getClassByName(type.superName()));
            }
            type.interfaceNames().forEach(parent -> addWithParents(types, index.getClassByName(parent)));
        }
    }

    private static void add(List<AnnotationInstance> found, AnnotationInstance annotation) {
        if (annotation != null) {
            found.add(annotation);
        }
    }

    /** Methods are equal to those of the same form in other classes. */
    private static String of(AnnotationInstance annotation) {
        return annotation.target().kind() == AnnotationTarget.Kind.METHOD
                ? " of " + annotation.target().asMethod().declaringClass().name()
                : "";
    }
}
