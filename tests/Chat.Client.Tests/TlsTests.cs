using Chat.TestKit;

namespace Chat.Client.Tests;

[TestClass]
public sealed class TlsTests
{
    [TestMethod]
    public async Task BotConnectsWithTls()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Listen:Tls=127.0.0.1:0",
            $"--Chat:Tls:Certificate={certificate.Path}");
        var options = Guest.Options(await daemon.TlsPortAsync()) with
        {
            Host = TestCertificate.Host,
            Tls = true,
            CertificateCheck = CertificateTrust.FromFile(certificate.PublicPath)
        };
        await using var bot = await Guest.LoginAsync(options, "bot", "r");
        Assert.AreEqual("oi", (await bot.Client.SendAsync(Conversation.Room("r"), "oi")).OrThrow().Text);
        await using var wrongName = new ChatClient(options with { Host = "127.0.0.2" });
        await Assert.ThrowsExactlyAsync<ChatConnectionException>(() => wrongName.ConnectAsync());
    }
}
