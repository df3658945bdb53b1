import Core
import Testing

@Suite("A mistake in the configuration")
struct ConfigurationMistakeTests {
    func message(_ yaml: String) -> String {
        do {
            _ = try Configuration(yaml: yaml, file: "config.yaml")
            return "no mistake found"
        } catch {
            return error.message
        }
    }

    @Test("an unknown key is named with its line and the nearest right word")
    func unknownKey() {
        #expect(
            message("ui:\n  theme: dark\n  colur: auto\n")
                == "config.yaml:3: unknown key \"colur\" in ui; did you mean \"colour\"?")
        #expect(
            message("enviroments: {}\n") == "config.yaml:1: unknown key \"enviroments\"; did you mean \"environments\"?"
        )
        #expect(
            message("environments:\n  prod:\n    elasticsaerch: { url: http://x }\n")
                == "config.yaml:3: unknown key \"elasticsaerch\" in environments.prod; did you mean \"elasticsearch\"?")
    }

    @Test("an unknown key that resembles nothing is answered with what is known")
    func strangeKey() {
        #expect(message("logs:\n  zebra: 1\n") == "config.yaml:2: unknown key \"zebra\" in logs; it knows memory, tail")
    }

    @Test("a key of another system is not known here")
    func foreignKey() {
        #expect(
            message("environments:\n  p:\n    jenkins: { url: http://j, index: x }\n")
                == "config.yaml:3: unknown key \"index\" in environments.p.jenkins; it knows url, user, password, token, "
                + "ca, insecure, serverName, proxy")
    }

    @Test("a value of the wrong type is named with its line")
    func wrongType() {
        #expect(message("ui:\n  mouse: maybe\n") == "config.yaml:2: ui.mouse must be true or false, not \"maybe\"")
        #expect(message("ui: [dark]\n") == "config.yaml:1: ui must be a mapping (NAME: VALUE), not a list")
        #expect(message("- a\n") == "config.yaml:1: the file must be a mapping (NAME: VALUE), not a list")
        #expect(message("ui:\n  theme: [a]\n") == "config.yaml:2: ui.theme must be a text, not a list")
        #expect(
            message("ui:\n  tick: soon\n")
                == "config.yaml:2: ui.tick must be a number of seconds, at least 0.1, not \"soon\"")
        #expect(
            message("logs:\n  memory: 12 parsecs\n")
                == "config.yaml:2: logs.memory must be a size of at least 4MB such as 256MB or 1GB, not \"12 parsecs\"")
        #expect(
            message("logs:\n  tail: -1\n")
                == "config.yaml:2: logs.tail must be a whole number from 1 to 1000000, not \"-1\"")
        #expect(
            message("environments:\n  p:\n    namespaces: {a: b}\n")
                == "config.yaml:3: environments.p.namespaces must be a list of texts, not a mapping")
    }

    @Test("a word that is none of the choices is answered with them")
    func choice() {
        #expect(
            message("ui:\n  clipboard: natve\n")
                == "config.yaml:2: ui.clipboard must be one of auto, native, osc52, off, not \"natve\"; "
                + "did you mean \"native\"?")
    }

    @Test("a secret that stands in the file is refused and not repeated")
    func inlineSecret() {
        let words = message(
            "environments:\n  p:\n    jenkins:\n      url: http://j\n      user: a\n      token: hunter2\n")
        #expect(
            words == "config.yaml:6: environments.p.jenkins.token must not stand in this file; say where it is: "
                + "{ env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENTS] }")
        #expect(!words.contains("hunter2"))
    }

    @Test("a secret's reference must be one of the three")
    func secretForm() {
        #expect(
            message("environments:\n  p:\n    jenkins:\n      url: http://j\n      token: { enf: X }\n")
                == "config.yaml:5: unknown key \"enf\" in environments.p.jenkins.token; did you mean \"env\"?")
        #expect(
            message("environments:\n  p:\n    jenkins:\n      url: http://j\n      token: { command: pass show x }\n")
                == "config.yaml:5: the command of environments.p.jenkins.token runs without a shell; "
                + "write it as a list: [PROGRAM, ARGUMENT]")
    }

    @Test("an address must have a scheme that is spoken, a host, and no login inside")
    func address() {
        #expect(
            message("environments:\n  p:\n    jenkins: { url: jenkins.example }\n")
                == "config.yaml:3: environments.p.jenkins.url must begin with http://, https:// or service://")
        #expect(
            message("environments:\n  p:\n    jenkins: { url: 'https://ada:hunter2@j' }\n")
                == "config.yaml:3: environments.p.jenkins.url must not hold a user or a password; "
                + "use the keys user and password")
        #expect(
            message("environments:\n  p:\n    jenkins: { url: 'https:///x' }\n")
                == "config.yaml:3: environments.p.jenkins.url has no host name")
        #expect(
            message("environments:\n  p:\n    jenkins: { user: ada }\n")
                == "config.yaml:3: environments.p.jenkins needs a url")
    }

    @Test("a login must be unambiguous")
    func login() {
        #expect(
            message(
                "environments:\n  p:\n    jenkins: { url: http://j, user: a, token: {env: A}, password: {env: B} }\n")
                == "config.yaml:3: environments.p.jenkins has more than one of password, token and apiKey; keep one")
        #expect(
            message("environments:\n  p:\n    jenkins: { url: http://j, password: {env: B} }\n")
                == "config.yaml:3: environments.p.jenkins has a password but no user")
    }

    @Test("a login cannot go through the API server's service proxy")
    func serviceLogin() {
        #expect(
            message("environments:\n  p:\n    jenkins: { url: 'service://ci/jenkins:80', user: a, token: {env: A} }\n")
                == "config.yaml:3: environments.p.jenkins cannot log in: "
                + "the API server passes no login on to service:// addresses")
    }

    @Test("text that is not YAML is named with its line")
    func notYAML() {
        #expect(
            message("ui:\n  theme: [dark\nlogs: {}\n") == "config.yaml:3: not YAML: did not find expected ',' or ']'")
        #expect(
            message("ui: {}\nui: {}\n") == "config.yaml:1: \"ui\" stands more than once in the mapping that begins here"
        )
    }

    @Test("all mistakes are told at once, in the order of their lines")
    func several() {
        #expect(
            message("ui:\n  mous: true\nlogs:\n  memory: x\n") == """
                config.yaml:2: unknown key "mous" in ui; did you mean "mouse"?
                config.yaml:4: logs.memory must be a size of at least 4MB such as 256MB or 1GB, not "x"
                """)
    }
}
