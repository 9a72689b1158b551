using System.Net;
using Chat.Client.Programs;

namespace Chat.Client.Tests;

[TestClass]
public sealed class ProgramsTests
{
    [TestMethod]
    [DataRow("localhost", "localhost", 5050)]
    [DataRow("chat.example:7000", "chat.example", 7000)]
    [DataRow("[::1]:7000", "::1", 7000)]
    [DataRow("::1", "::1", 5050)]
    [DataRow("[::1]", "::1", 5050)]
    [DataRow("::1:7000", "::1:7000", 5050, DisplayName = "without brackets all of it is the address")]
    public void ValidAddressesAreParsed(string text, string host, int port)
    {
        Assert.IsTrue(DaemonAddress.TryParse(text, out var address));
        Assert.AreEqual(new DaemonAddress(host, port), address);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(":5050")]
    [DataRow("x:0")]
    [DataRow("x:99999")]
    [DataRow("x:y")]
    [DataRow("x:")]
    [DataRow("x:1:2")]
    [DataRow("[x]:1")]
    [DataRow("[::1")]
    [DataRow("[::1]7000")]
    [DataRow("[[::1]]:1")]
    [DataRow("a\u001bb:1")]
    public void InvalidAddressesAreRefused(string text) => Assert.IsFalse(DaemonAddress.TryParse(text, out _));

    [TestMethod]
    public void AddressesAreSeparatedByCommas()
    {
        Assert.IsTrue(DaemonAddresses.TryParse("a, b:7000,[::1]:1,a", out var addresses));
        Assert.AreEqual(new DaemonAddress("a", 5050), addresses.First);
        Assert.AreEqual("a:5050, b:7000, [::1]:1", addresses.ToString());
        CollectionAssert.AreEqual(
            (DnsEndPoint[])[new DnsEndPoint("b", 7000), new DnsEndPoint("::1", 1)], addresses.Others.ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(",")]
    [DataRow("a,")]
    [DataRow("a,b:0")]
    [DataRow("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17")]
    public void AListWithAnInvalidAddressIsRefused(string text) => Assert.IsFalse(DaemonAddresses.TryParse(text, out _));

    [TestMethod]
    [DataRow("pt_BR.UTF-8", "pt-BR", true)]
    [DataRow("C", "en", false)]
    [DataRow("en_US.utf8", "en", true)]
    [DataRow(null, "en", false)]
    public void LocaleComesFromTheEnvironment(string? lang, string language, bool isUtf8) =>
        Assert.AreEqual(new Locale(language, isUtf8), Locale.From(name => name == "LANG" ? lang : null, isWindows: false));
}
