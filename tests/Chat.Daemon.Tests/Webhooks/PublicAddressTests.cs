using System.Net;
using Chat.Daemon.Capabilities;

namespace Chat.Daemon.Tests.Webhooks;

/// <summary>Which addresses a plugin's client for strangers' addresses reaches.</summary>
[TestClass]
public sealed class PublicAddressTests
{
    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("10.0.0.1")]
    [DataRow("100.64.0.1")]
    [DataRow("100.100.100.200")]
    [DataRow("127.0.0.1")]
    [DataRow("127.255.255.254")]
    [DataRow("168.63.129.16")]
    [DataRow("169.254.169.254")]
    [DataRow("172.16.0.1")]
    [DataRow("172.31.255.255")]
    [DataRow("192.0.0.192")]
    [DataRow("192.168.1.1")]
    [DataRow("198.18.0.1")]
    [DataRow("203.0.113.7")]
    [DataRow("224.0.0.1")]
    [DataRow("255.255.255.255")]
    [DataRow("::")]
    [DataRow("::1")]
    [DataRow("::ffff:10.0.0.1")]
    [DataRow("::ffff:169.254.169.254")]
    [DataRow("::127.0.0.1")]
    [DataRow("64:ff9b::a00:1")]
    [DataRow("64:ff9b:1::1")]
    [DataRow("100::1")]
    [DataRow("2001::1")]
    [DataRow("2001:db8::1")]
    [DataRow("2002:7f00:1::")]
    [DataRow("fc00::1")]
    [DataRow("fd00:ec2::254")]
    [DataRow("fe80::1")]
    [DataRow("fec0::1")]
    [DataRow("ff02::1")]
    public void ASpecialAddressIsNotPublic(string address) => Assert.IsFalse(PublicAddresses.Contain(IPAddress.Parse(address)));

    [TestMethod]
    [DataRow("1.1.1.1")]
    [DataRow("172.15.255.255")]
    [DataRow("172.32.0.1")]
    [DataRow("100.63.255.255")]
    [DataRow("100.128.0.1")]
    [DataRow("223.255.255.255")]
    [DataRow("::ffff:1.1.1.1")]
    [DataRow("64:ff9b::101:101")]
    [DataRow("2606:4700:4700::1111")]
    public void AnyOtherIs(string address) => Assert.IsTrue(PublicAddresses.Contain(IPAddress.Parse(address)));

    [TestMethod]
    public async Task AnOpenedNetworkIsReachedByTheClientsThatHaveItAlone()
    {
        await using var receiver = new HookReceiver(_ => HookReceiver.Taken);
        var clients = new HttpClientsCapability();
        using var open = clients.CreatePublic(IPNetwork.Parse("127.0.0.0/8"));
        using var closed = clients.CreatePublic();
        var url = new Uri(receiver.Url);
        using var content = new StringContent("oi");
        using var answer = await open.PostAsync(url, content);
        Assert.AreEqual(HttpStatusCode.NoContent, answer.StatusCode); // its connection stays open
        var refused = await Assert.ThrowsExactlyAsync<HttpRequestException>(() => closed.GetAsync(url));
        Assert.AreEqual("private_address", (refused.InnerException as RefusalException)?.Code);
    }

    [TestMethod]
    public async Task TheOwnAddressesOfTheMachineAreNotReached()
    {
        using var client = new HttpClientsCapability().CreatePublic();
        foreach (var own in await Dns.GetHostAddressesAsync(Dns.GetHostName()))
        {
            var refused = await Assert.ThrowsExactlyAsync<HttpRequestException>(
                () => client.GetAsync(new UriBuilder("http", own.ToString(), 9).Uri));
            Assert.AreEqual("private_address", (refused.InnerException as RefusalException)?.Code, $"{own}");
        }
    }
}
