package io.quarkiverse.hume.it;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;

/** The authentication of each account, without secrets. */
@Path("/status")
public class StatusResource {

    private final HumeAccounts accounts;

    public StatusResource(HumeAccounts accounts) {
        this.accounts = accounts;
    }

    @GET
    public List<HumeAccountStatus> status() {
        return accounts.all();
    }
}
