package io.quarkiverse.hume.deployment.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Call;

/** The reasons why calls of a client cannot be authenticated as declared, as sentences with a remedy. */
final class ClientConflicts {

    private ClientConflicts() {
    }

    /**
     * Finds calls of a sub-resource with different authentications, depending on the method that returned the sub-resource.
     * These methods share the generated code of the sub-resource, so a request does not show which of them was called.
     */
    static List<String> contradictions(String client, List<Call> calls) {
        List<String> contradictions = new ArrayList<>();
        Map<String, Call> byMethod = new HashMap<>();
        for (Call call : calls) {
            for (MethodInfo method : call.declared()) {
                Call other = byMethod.putIfAbsent(AuthenticatedClient.key(method), call);
                if (other != null && !Objects.equals(other.authentication(), call.authentication())) {
                    contradictions.add("The REST client " + client + " can make the call "
                            + method.declaringClass().name() + "#" + method.name() + " as " + other.name() + "() (" + how(other)
                            + ") and as " + call.name() + "() (" + how(call) + "), which a request does not distinguish. Return"
                            + " different interfaces, of which one extends the other if nothing else distinguishes them");
                }
            }
        }
        return contradictions;
    }

    private static String how(Call call) {
        return call.declaration() == null ? "not authenticated" : Declaration.describe(call.authentication());
    }

    /** @param nearest the declarations that contradict each other, none of which is nearer than the others */
    static String ambiguity(String client, String call, List<Declaration> nearest) {
        boolean onMethod = nearest.get(0).onMethod();
        return "The REST client " + client
                + (onMethod || call.contains(".") ? " inherits for " + call + "()" : " inherits")
                + " contradictory authentications: "
                + nearest.stream().map(rival -> rival.place() + " (" + Declaration.describe(rival.authentication()) + ")")
                        .collect(Collectors.joining(", "))
                + ". None of them is nearer than the others: put @HumeAuthenticated on "
                + (onMethod ? "a method that overrides them" : "the interface that extends them");
    }
}
