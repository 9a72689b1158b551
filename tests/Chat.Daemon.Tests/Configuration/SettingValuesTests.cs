using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Tests.Configuration;

[TestClass]
public sealed class SettingValuesTests
{
    [TestMethod]
    [DataRow("Chat:Listen:Tcp", "5050")]
    [DataRow("Chat:Listen:Tcp", "127.0.0.1")]
    [DataRow("Chat:Listen:Tcp", "127.0.0.1:65536")]
    [DataRow("Chat:Listen:Tcp", "127.0.0.1:-1")]
    [DataRow("Chat:Listen:Tcp", "127.0.0.1:")]
    [DataRow("Chat:Listen:Tcp", ":5050")]
    [DataRow("Chat:Listen:Tcp", "5:5050")]
    [DataRow("Chat:Listen:Tcp", "::1:5050")]
    [DataRow("Chat:Listen:Tcp", "[127.0.0.1]:5050")]
    [DataRow("Chat:Listen:Tcp", "example.org:5050")]
    [DataRow("Chat:Listen:Http", "on")]
    [DataRow("Chat:Listen:AllowPlaintext", "yes")]
    [DataRow("Chat:Data:Folder", "")]
    [DataRow("Chat:Data:Folder", "  ")]
    [DataRow("Chat:Language", "fr")]
    [DataRow("Chat:Rooms:Default", "a b")]
    [DataRow("Chat:Rooms:Default", "")]
    [DataRow("Chat:Accounts:Registration", "maybe")]
    [DataRow("Chat:Accounts:Registration", "1")]
    [DataRow("Chat:History:Durability", "FULLY")]
    [DataRow("Chat:Limits:MessagesPerSecond", "-1")]
    [DataRow("Chat:Limits:MessagesPerSecond", "ten")]
    [DataRow("Chat:Limits:MessagesPerSecond", "1.5")]
    [DataRow("Chat:Limits:MessagesPerSecond", "99999999999")]
    [DataRow("Chat:Limits:MessagesPerSecond", "")]
    [DataRow("Chat:Limits:MessageBurst", "0")]
    [DataRow("Chat:Limits:OutboxBytes", "4095")]
    [DataRow("Chat:Limits:LoginSeconds", "0")]
    [DataRow("Chat:Logging:MessageBodies", "1")]
    public void AnInvalidValueIsRefusedWithKeySourceAndRange(string key, string value)
    {
        var sentence = Refused((key, value)).Single();
        StringAssert.StartsWith(sentence, $"{key} (command line) is \"{value}\"; it must be ");
        StringAssert.EndsWith(sentence, ".");
    }

    [TestMethod]
    [DataRow("moderador")]
    [DataRow("guests")]
    [DataRow("3")]
    public void AnUnknownRoleIsRefused(string name)
    {
        var problem = Refused(($"Chat:Roles:{name}:0", "-room.create")).Single();
        Assert.AreEqual($"Chat:Roles:{name} does not name a role; the roles are guest, member, moderator, admin.", problem);
        Assert.IsNotNull(OptionsSource.Of(("Chat:Roles:Guest:0", "-room.create")));
    }

    [TestMethod]
    [DataRow("127.0.0.1:0", "127.0.0.1:0")]
    [DataRow("localhost:1", "127.0.0.1:1")]
    [DataRow("[::1]:65535", "[::1]:65535")]
    public void AnAddressMayBeWrittenInSeveralWays(string text, string address) =>
        Assert.AreEqual(address, OptionsSource.Of(("Chat:Listen:Tcp", text)).Current.Listen.Tcp!.ToString());

    [TestMethod]
    public void StarIsEveryInterface()
    {
        var listen = OptionsSource.Of(("Chat:Listen:Tcp", "*:1"), ("Chat:Listen:AllowPlaintext", "true")).Current.Listen;
        Assert.Contains(listen.Tcp!.Address.ToString(), new[] { "::", "0.0.0.0" });
    }

    [TestMethod]
    [DataRow("Chat:Listen:Tcp", "0.0.0.0:5050")]
    [DataRow("Chat:Listen:Http", "[::]:5080")]
    [DataRow("Chat:Listen:Http", "192.0.2.1:5080")]
    public void PlaintextBeyondLoopbackMustBeAllowed(string key, string address)
    {
        var sentence = Refused((key, address)).Single();
        StringAssert.Contains(sentence, key);
        StringAssert.Contains(sentence, "Chat:Listen:AllowPlaintext=true");
        Assert.IsNotNull(OptionsSource.Of((key, address), ("Chat:Listen:AllowPlaintext", "true")));
    }

    [TestMethod]
    public void TlsNeedsACertificate()
    {
        StringAssert.Contains(Refused(("Chat:Listen:Tls", "0.0.0.0:5051")).Single(), "Chat:Tls:Certificate");
        StringAssert.Contains(Refused(("Chat:Listen:Https", "0.0.0.0:5081")).Single(), "Chat:Tls:Certificate");
        StringAssert.Contains(Refused(("Chat:Tls:Key", "key.pem")).Single(), "Chat:Tls:Certificate");
        Assert.IsNotNull(OptionsSource.Of(("Chat:Listen:Tls", "0.0.0.0:5051"), ("Chat:Tls:Certificate", "cert.pem")));
    }

    [TestMethod]
    public void AtLeastOneEndpointMustBeOn() =>
        StringAssert.Contains(Refused(("Chat:Listen:Tcp", "off"), ("Chat:Listen:Http", "off")).Single(), "nobody could connect");

    [TestMethod]
    public void ASecretIsNeverShown()
    {
        var options = OptionsSource.Of(("Chat:Admin:Password", "correct horse"));
        Assert.AreEqual("***", options.Values.Single(value => value.Key == "Chat:Admin:Password").Shown);
        Assert.AreEqual("", options.Values.Single(value => value.Key == "Chat:Tls:Password").Shown);
        Assert.AreEqual("correct horse", options.Current.AdminPassword);
    }

    [TestMethod]
    public void EveryProblemIsReportedAtOnce() =>
        Assert.HasCount(3, Refused(("Chat:Limits:Rooms", "x"), ("Chat:Language", "x"), ("Chat:Nothing", "x")));

    private static IReadOnlyList<string> Refused(params (string Key, string Value)[] settings)
    {
        var refusal = Assert.ThrowsExactly<StartupException>(() => OptionsSource.Of(settings));
        Assert.AreEqual(ExitStatus.WrongUsage, refusal.Status);
        return refusal.Sentences;
    }
}
