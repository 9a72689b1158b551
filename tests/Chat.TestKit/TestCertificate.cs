using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chat.TestKit;

/// <summary>A self-signed certificate for 127.0.0.1 and <see cref="Host"/>, in a file that is deleted at the end.</summary>
public sealed class TestCertificate : IDisposable
{
    public const string Host = "localhost";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");
    private readonly X509Certificate2 certificate;

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(PublicPath, certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>PEM with the key, for the daemon.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "daemon.pem");

    /// <summary>PEM without the key, for a client that trusts it.</summary>
    public string PublicPath => System.IO.Path.Combine(folder.FullName, "ca.pem");

    /// <summary>Trusts only this certificate.</summary>
    public bool Judge(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown is not null && shown.GetCertHashString(HashAlgorithmName.SHA256) == certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public void Dispose()
    {
        certificate.Dispose();
        folder.Delete(recursive: true);
    }
}
