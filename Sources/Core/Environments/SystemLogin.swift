import Backends
import Foundation
import HTTP

/// How a configured system is logged in to; asks for the secret when the first request goes out.
struct SystemLogin: Sendable {
    private enum Form {
        case basic(user: String)
        case bearer, apiKey
    }
    private let form: Form
    private let secret: SecretReference
    private let variables: [String: String]

    /// nil for a system that wants no login.
    init?(_ system: SystemConfiguration, variables: [String: String]) {
        self.variables = variables
        if let apiKey = system.apiKey {
            (form, secret) = (.apiKey, apiKey)
        } else if let user = system.user, let secret = system.token ?? system.password {
            (form, self.secret) = (.basic(user: user), secret)
        } else if let token = system.token {
            (form, secret) = (.bearer, token)
        } else {
            return nil
        }
    }

    /// The value of `Authorization`. Throws `LoginFault`.
    func header() async throws(LoginFault) -> String {
        let value = try await secret.resolve(variables: variables)
        switch form {
        case .basic(let user): return "Basic " + Data("\(user):\(value)".utf8).base64EncodedString()
        case .bearer: return "Bearer \(value)"
        case .apiKey: return "ApiKey \(value)"
        }
    }
}

extension SystemConfiguration {
    /// Whether anybody on the way can read the login.
    var sendsLoginOpenly: Bool {
        guard let address = HTTPAddress(url), address.scheme == "http" else { return false }
        return SystemLogin(self, variables: [:]) != nil && !address.isLoopback
    }

    /// How the connection to the system is made.
    func serverSettings(variables: [String: String]) -> HTTPServerSettings {
        var settings = HTTPServerSettings()
        if insecure {
            settings.trust = .insecure
        } else if let ca {
            settings.trust = .file(ConfigurationFile.expandingHome(ca, variables: variables))
        }
        settings.serverName = serverName
        settings.proxy = proxy
        return settings
    }
}
