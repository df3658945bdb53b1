import HTTP
import Testing

@Suite("What an HTTP error tells the person")
struct HTTPErrorMessageTests {
    @Test("unknown authority")
    func unknownAuthority() {
        #expect(
            message(.unknownAuthority)
                == "cannot trust https://one.test: an unknown authority signed its certificate; name the authority's certificate in the settings"
        )
    }

    @Test("expired certificate")
    func expired() {
        #expect(
            message(.certificateExpired)
                == "cannot trust https://one.test: its certificate has expired; have it renewed, or check this machine's clock"
        )
    }

    @Test("certificate of the future")
    func notYetValid() {
        #expect(
            message(.certificateExpired, "its certificate is not valid yet")
                == "cannot trust https://one.test: its certificate is not valid yet; have it renewed, or check this machine's clock"
        )
    }

    @Test("wrong host name")
    func wrongHostName() {
        #expect(
            message(.wrongHostName("one.test"))
                == "cannot trust https://one.test: its certificate is not made for one.test; check the address, or set the server name to expect"
        )
    }

    @Test("no way there")
    func unreachable() {
        #expect(
            message(.unreachable)
                == "cannot reach https://one.test: there is no way to it; check the network and the VPN")
    }

    @Test("name look-up and connection that take too long")
    func connectTimeOuts() {
        #expect(
            message(.timedOut(phase: "name look-up"))
                == "cannot reach https://one.test: looking up its name took too long; check the DNS and the VPN")
        #expect(
            message(.timedOut(phase: "connect"))
                == "cannot reach https://one.test: it did not take the connection in time; check the network, the VPN and firewalls"
        )
    }

    @Test("a peer that is gone")
    func gone() {
        #expect(
            message(.timedOut(phase: "keep-alive"))
                == "https://one.test is gone: it no longer answers probes; check the network and the VPN")
    }

    @Test("anything else, with the library's words")
    func other() {
        #expect(
            message(.other, "out of memory")
                == "the request to https://one.test failed: out of memory; try again")
    }

    @Test("a limit that is no round number of MiB")
    func oddLimit() {
        #expect(
            message(.bodyTooLarge(limit: 1000))
                == "the answer of https://one.test is longer than the limit of 1000 bytes; ask for less at once")
    }

    private func message(_ reason: HTTPError.Reason, _ detail: String = "") -> String {
        HTTPError(reason, target: "https://one.test", detail: detail).message
    }
}
