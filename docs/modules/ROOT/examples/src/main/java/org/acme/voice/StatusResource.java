package org.acme.voice;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;

// tag::resource[]
@Path("/status")
public class StatusResource {

    private final HumeAccounts accounts;

    StatusResource(HumeAccounts accounts) {
        this.accounts = accounts;
    }

    @GET
    public List<HumeAccountStatus> status() {
        return accounts.all();
    }
}
// end::resource[]
