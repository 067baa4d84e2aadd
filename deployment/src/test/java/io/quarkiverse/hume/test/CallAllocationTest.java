package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/** An authenticated call needs hardly more memory than a call with a constant header. */
class CallAllocationTest {

    private static final int CALLS = 300;
    private static final int ROUNDS = 8;

    /** The bytes per call by which the extension may exceed a constant header. */
    private static final long LIMIT = 200;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(ScriptedHume.class))
            .setBeforeAllCustomizer(ScriptedHume::start)
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("quarkus.rest-client.constant.url", "${scripted.url}");

    /** The call of both clients. */
    public interface Configs {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Authenticated extends Configs {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "constant")
    @ClientHeaderParam(name = "Authorization", value = "Bearer " + ScriptedHume.TOKEN + "1")
    public interface ConstantHeader extends Configs {
    }

    @RestClient
    Authenticated authenticated;

    @RestClient
    ConstantHeader constantHeader;

    /** Compares the smallest rounds, because the compiler and other threads only add to the memory of a round. */
    @Test
    void bytesPerCall_hardlyMoreThanWithConstantHeader() {
        long ours = Long.MAX_VALUE;
        long constant = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            ours = Math.min(ours, bytesPerCall(authenticated));
            constant = Math.min(constant, bytesPerCall(constantHeader));

        }
        assertThat(ours - constant).as("bytes per call over those with a constant header").isLessThan(LIMIT);
    }

    private static long bytesPerCall(Configs client) {
        long before = allocated();
        for (int call = 0; call < CALLS; call++) {
            client.get();
        }
        return (allocated() - before) / CALLS;
    }

    /** The bytes that all running threads have allocated, because event loops of Vert.x send the requests. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
    }
}
