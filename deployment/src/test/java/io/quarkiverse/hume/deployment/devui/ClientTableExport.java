package io.quarkiverse.hume.deployment.devui;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.websocket.HumeWebSocketClientsBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.deployment.builditem.FeatureBuildItem;

/**
 * Makes the table of the Dev UI, which exists in dev mode only, visible to tests. The system property {@code client.table} has
 * lines with client, call, account and strategy, with an empty call for the client as a whole, and lines for the places that
 * inject beans.
 */
public final class ClientTableExport {

    private ClientTableExport() {
    }

    public static void addTo(BuildChainBuilder builder) {
        builder.addBuildStep(context -> {
            ClientTable table = new ClientTable(context.consume(HumePlanBuildItem.class), Set.of());
            table.addRestClients(context.consume(HumeRestClientsBuildItem.class));
            table.addWebSocketClients(context.consume(HumeWebSocketClientsBuildItem.class));
            table.addInjections(context.consume(BeanDiscoveryFinishedBuildItem.class).getInjectionPoints());
            List<String> lines = new ArrayList<>();
            for (ClientTable.Client client : table.found()) {
                lines.add(String.join("\t", client.name(), "", client.account(), client.strategy()));
                client.methods().forEach(
                        method -> lines.add(String.join("\t", client.name(), method.name(),
                                String.valueOf(method.account()), method.strategy())));
            }
            System.setProperty("client.table", String.join("\n", lines));
        }).consumes(HumePlanBuildItem.class).consumes(HumeRestClientsBuildItem.class)
                .consumes(HumeWebSocketClientsBuildItem.class).consumes(BeanDiscoveryFinishedBuildItem.class)
                .produces(FeatureBuildItem.class).build();
    }
}
