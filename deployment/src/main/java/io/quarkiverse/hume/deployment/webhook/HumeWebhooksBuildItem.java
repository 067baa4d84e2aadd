package io.quarkiverse.hume.deployment.webhook;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;

import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkus.builder.item.SimpleBuildItem;

/** The application receives webhooks, that is, it uses {@code @HumeWebhook} at least once. */
public final class HumeWebhooksBuildItem extends SimpleBuildItem {

    private final List<AnnotationInstance> annotations;

    HumeWebhooksBuildItem(Collection<AnnotationInstance> annotations) {
        this.annotations = List.copyOf(annotations);
    }

    public List<AnnotationInstance> annotations() {
        return annotations;
    }

    /** The accounts whose webhooks the application receives, in alphabetical order. */
    public Set<String> accounts() {
        Set<String> accounts = new TreeSet<>();
        annotations.forEach(annotation -> accounts.add(HumeAnnotations.account(annotation)));
        return accounts;
    }
}
