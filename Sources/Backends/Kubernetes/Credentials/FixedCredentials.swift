import Foundation
import HTTP

/// A token, or a user and password, that stands in the kubeconfig itself.
struct FixedCredentials: KubernetesCredentials {
    private let authorization: Secret

    init(token: Secret) { authorization = Secret("Bearer " + token.revealedText) }

    init(username: String, password: Secret) {
        let pair = Data("\(username):\(password.revealedText)".utf8)
        authorization = Secret("Basic " + pair.base64EncodedString())
    }

    func headers() async throws -> HTTPHeaders { ["Authorization": authorization.revealedText] }
}
