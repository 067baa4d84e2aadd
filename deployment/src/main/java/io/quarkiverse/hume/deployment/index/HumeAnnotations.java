package io.quarkiverse.hume.deployment.index;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkus.arc.processor.InjectionPointInfo;

/** Reads the annotations of the public API, including their defaults, for all build steps. */
public final class HumeAnnotations {

    public static final DotName ACCOUNT = DotName.createSimple(HumeAccount.class);
    public static final DotName AUTHENTICATED = DotName.createSimple(HumeAuthenticated.class);
    public static final DotName WEBHOOK = DotName.createSimple(HumeWebhook.class);

    /** The annotations that name an account, each with the member that has the name. */
    static final Map<DotName, String> ACCOUNT_MEMBERS = Map.of(ACCOUNT, "value", AUTHENTICATED, "account", WEBHOOK,
            "account");

    private HumeAnnotations() {
    }

    /** The account that the annotation names; the default account if it names none. */
    public static String account(AnnotationInstance annotation) {
        AnnotationValue account = annotation.value(ACCOUNT_MEMBERS.get(annotation.name()));
        return account == null ? HumeAccount.DEFAULT : account.asString();
    }

    /** The account that the qualifier of an injection point names; the default account if it has none. */
    public static String account(InjectionPointInfo injection) {
        AnnotationInstance qualifier = injection.getRequiredQualifier(ACCOUNT);
        return qualifier == null ? HumeAccount.DEFAULT : account(qualifier);
    }

    /** @param authenticated an instance of {@code @HumeAuthenticated} */
    public static ClientAuthentication authentication(AnnotationInstance authenticated) {
        AnnotationValue strategy = authenticated.value("strategy");
        return new ClientAuthentication(account(authenticated),
                strategy == null ? HumeStrategy.AUTO : HumeStrategy.valueOf(strategy.asEnum()));
    }

    /** The accounts that any of the annotations names, in alphabetical order. */
    public static Set<String> accounts(IndexView index) {
        Set<String> accounts = new TreeSet<>();
        ACCOUNT_MEMBERS.keySet().forEach(annotation -> index.getAnnotations(annotation)
                .forEach(instance -> accounts.add(account(instance))));
        return accounts;
    }

    /** Where the annotation is, for messages: {@code on org.acme.Voices#list}. */
    public static String place(AnnotationInstance annotation) {
        AnnotationTarget target = annotation.target();
        return switch (target.kind()) {
            case CLASS -> "on " + target.asClass().name();
            case FIELD -> "on " + target.asField().declaringClass().name() + "#" + target.asField().name();
            case METHOD -> "on " + target.asMethod().declaringClass().name() + "#" + target.asMethod().name();
            case METHOD_PARAMETER -> "on a parameter of " + target.asMethodParameter().method().declaringClass().name() + "#"
                    + target.asMethodParameter().method().name();
            default -> "on " + target;
        };
    }
}
