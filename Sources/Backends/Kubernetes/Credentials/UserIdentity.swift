import HTTP

/// The client certificate that a kubeconfig's user holds itself.
struct UserIdentity {
    let user: KubeconfigUser

    init(_ user: KubeconfigUser) { self.user = user }

    /// Nil where the user has none. Data wins over a file; two files stay files, so that a renewed certificate is seen.
    func identity() throws(KubernetesError) -> HTTPServerSettings.ClientIdentity? {
        let hasCertificate = !user.certificateFile.isEmpty || !user.certificateData.isEmpty
        guard hasCertificate else { return nil }
        guard !user.keyFile.isEmpty || !user.keyData.isEmpty else {
            throw user.place.fault(
                "user \(user.name) has a client-certificate but no key", advice: "add client-key or client-key-data")
        }
        let certificate = try content(user.certificateData, user.certificateFile, "client-certificate")
        let key = try content(user.keyData.revealedBytes, user.keyFile, "client-key")
        if user.certificateData.isEmpty, user.keyData.isEmpty {
            return .files(certificate: user.certificateFile, key: user.keyFile)
        }
        return .data(certificate: certificate, key: key)
    }

    private func content(_ data: [UInt8], _ file: String, _ role: String) throws(KubernetesError) -> [UInt8] {
        guard data.isEmpty else { return data }
        return try readable(file, as: "the \(role) of user \(user.name)", user.place)
    }
}
