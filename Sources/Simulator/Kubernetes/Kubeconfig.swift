import Foundation

/// The kubeconfig of the make-believe clusters: every user in every cluster, `admin` under the cluster's own name.
///
/// The server's address names the user too, for clients that keep tokens off plain HTTP.
struct Kubeconfig {
    let addresses: [String: URL]

    var text: String {
        let users = SimUser.tokens.keys.sorted()
        let names = addresses.keys.sorted()
        let pairs = names.flatMap { cluster in users.map { (cluster, $0, Self.context(cluster, $0)) } }
        let clusters = pairs.map { cluster, user, name -> SimJSON in
            let server = "\(addresses[cluster]?.absoluteString ?? "")/users/\(user)"
            return ["name": .string(name), "cluster": ["server": .string(server)]]
        }
        let contexts = pairs.map { _, user, name -> SimJSON in
            ["name": .string(name), "context": ["cluster": .string(name), "user": .string(user)]]
        }
        let config: SimJSON = [
            "apiVersion": "v1", "kind": "Config", "current-context": .string(names.last ?? ""),
            "clusters": .array(clusters), "contexts": .array(contexts),
            "users": .array(users.map { ["name": .string($0), "user": ["token": .string($0)]] }),
        ]
        return config.yamlText
    }

    private static func context(_ cluster: String, _ user: String) -> String {
        user == "admin" ? cluster : "\(cluster)-\(user)"
    }
}
