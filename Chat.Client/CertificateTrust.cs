using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chat.Client;

/// <summary>Certificate checks for <see cref="ChatClientOptions.CertificateCheck"/>, for daemons with a private authority.</summary>
public static class CertificateTrust
{
    /// <summary>
    /// Trusts only certificates signed by the authorities in a PEM file, or a self-signed certificate in it.
    /// The host name and the dates are still checked.
    /// </summary>
    /// <exception cref="CryptographicException">The file contains no certificate.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static RemoteCertificateValidationCallback FromFile(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(File.ReadAllText(path));
        if (authorities.Count == 0) throw new CryptographicException("The file contains no certificate.");
        return (_, certificate, chain, errors) => certificate is not null
            && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0 && IsSigned(certificate, chain, authorities);
    }

    private static bool IsSigned(X509Certificate certificate, X509Chain? shown, X509Certificate2Collection authorities)
    {
        using var leaf = new X509Certificate2(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // private authorities publish no lists
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1", "TLS server"));
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        return chain.Build(leaf);
    }
}
