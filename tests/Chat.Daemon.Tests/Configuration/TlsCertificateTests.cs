using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Tests.CommandLine;
using Chat.Testing;

namespace Chat.Daemon.Tests.Configuration;

[TestClass]
public sealed class TlsCertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestTime clock = new(Now);
    private readonly RecordingLogger<TlsCertificate> log = new();

    [TestMethod]
    [DataRow("pfx")]
    [DataRow("pem")]
    [DataRow("pem with key")]
    [DataRow("pem, encrypted key")]
    public async Task EachFileFormatIsServed(string kind)
    {
        using var folder = new ScratchFolder();
        using var made = Make("one");
        using var certificate = new TlsCertificate(Save(folder, made, kind), SettingTexts.English, clock, log);
        Assert.AreEqual("CN=one", await ServedAsync(certificate));
        Assert.IsEmpty(log.Lines);
    }

    [TestMethod]
    public async Task AChangedFileIsServedToNewConnections()
    {
        using var folder = new ScratchFolder();
        using var one = Make("one");
        using var two = Make("second");
        using var certificate = new TlsCertificate(Save(folder, one, "pfx"), SettingTexts.English, clock, log);

        Save(folder, two, "pfx");
        Tick();
        Assert.AreEqual("CN=second", await ServedAsync(certificate));
        StringAssert.StartsWith(log.Lines.Single(), "Information: Certificate replaced: CN=second, valid until ");
    }

    [TestMethod]
    [DataRow("not a certificate")]
    [DataRow("")]
    [DataRow(null)]
    public async Task ABrokenFileIsRefusedAndTheOldCertificateServed(string? broken)
    {
        using var folder = new ScratchFolder();
        using var one = Make("one");
        using var certificate = new TlsCertificate(Save(folder, one, "pfx"), SettingTexts.English, clock, log);

        if (broken is null)
            File.Delete(folder["cert"]);
        else
            folder.Write("cert", broken);
        Tick();
        Assert.AreEqual("CN=one", await ServedAsync(certificate));
        StringAssert.StartsWith(log.Lines.Single(), "Warning: Changed certificate refused: the previous one stays in effect. ");
    }

    [TestMethod]
    public async Task AnExpiredCertificateIsRefused()
    {
        using var folder = new ScratchFolder();
        using var one = Make("one");
        using var old = Make("old", until: Now.AddDays(-1));
        using var certificate = new TlsCertificate(Save(folder, one, "pem"), SettingTexts.English, clock, log);

        Save(folder, old, "pem");
        Tick();
        Assert.AreEqual("CN=one", await ServedAsync(certificate));
        StringAssert.Contains(log.Lines.Single(), "expired on 2026-05-31");
    }

    [TestMethod]
    public void TheKeyOfAnotherCertificateIsRefused()
    {
        using var folder = new ScratchFolder();
        using var one = Make("one");
        using var two = Make("two");
        var options = Save(folder, two, "pem");
        folder.Write("cert", one.ExportCertificatePem());

        var refusal = Assert.ThrowsExactly<StartupException>(() => new TlsCertificate(options, SettingTexts.English, clock, log));
        Assert.AreEqual(ExitStatus.WrongUsage, refusal.Status);
    }

    [TestMethod]
    public void ACertificateWithoutItsKeyIsRefused()
    {
        using var folder = new ScratchFolder();
        using var one = Make("one");
        folder.Write("cert", one.ExportCertificatePem());
        var options = OptionsSource.Of(("Chat:Tls:Certificate", folder["cert"])).Current.Tls;
        Assert.IsNotNull(CertificateFile.Load(options, Now, SettingTexts.English).Problem);
    }

    private static X509Certificate2 Make(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(Now.AddYears(-1), until ?? Now.AddYears(50));
    }

    private static OptionsSource Save(ScratchFolder folder, X509Certificate2 certificate, string kind)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        var pem = certificate.ExportCertificatePem();
        switch (kind)
        {
            case "pfx":
                File.WriteAllBytes(folder["cert"], certificate.Export(X509ContentType.Pfx, "secret"));
                return OptionsSource.Of(("Chat:Tls:Certificate", folder["cert"]), ("Chat:Tls:Password", "secret"));
            case "pem with key":
                folder.Write("cert", pem + "\n" + key.ExportPkcs8PrivateKeyPem());
                return OptionsSource.Of(("Chat:Tls:Certificate", folder["cert"]));
            case "pem":
                folder.Write("key", key.ExportPkcs8PrivateKeyPem());
                break;
            default:
                var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
                folder.Write("key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", encryption));
                break;
        }
        folder.Write("cert", pem);
        return OptionsSource.Of(("Chat:Tls:Certificate", folder["cert"]), ("Chat:Tls:Key", folder["key"]), ("Chat:Tls:Password", "secret"));
    }

    /// <summary>The subject that a client sees.</summary>
    private static async Task<string> ServedAsync(TlsCertificate certificate)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint).WaitAsync(Wait.Limit);
        using var accepted = await accepting.WaitAsync(Wait.Limit);
        using var there = new SslStream(accepted.GetStream());
        using var here = new SslStream(client.GetStream());
        await Task.WhenAll(
            there.AuthenticateAsServerAsync(certificate.ForHandshake()),
            here.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "x",
                RemoteCertificateValidationCallback = (_, served, _, _) => served is not null,
            })).WaitAsync(Wait.Limit);
        return here.RemoteCertificate!.Subject;
    }

    private void Tick()
    {
        for (var i = 0; i < 2; i++)
            clock.Advance(TimeSpan.FromSeconds(1));
    }
}
