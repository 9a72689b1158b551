using Chat.Daemon.Configuration;
using Chat.Daemon.Tests.Transport;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>A page of another host reaches nothing, whatever name it gives to this machine.</summary>
[TestClass]
public sealed class AllowedHostsTests
{
    [TestMethod]
    [DataRow("localhost", null, 200)]
    [DataRow("LOCALHOST:1", null, 200)]
    [DataRow("127.0.0.1:5080", "http://localhost:3000", 200)]
    [DataRow("[::1]:5080", "https://[::1]", 200)]
    [DataRow("rebound.example", null, 403)]
    [DataRow("localhost.rebound.example", null, 403)]
    [DataRow("127.0.0.1.rebound.example:5080", null, 403)]
    [DataRow("0.0.0.0:5080", null, 403)]
    [DataRow("localhost", "null", 403)]
    [DataRow("localhost", "http://rebound.example", 403)]
    [DataRow("localhost", "http://rebound.example:5080", 403)]
    [DataRow("localhost", "http://localhost@rebound.example", 403)]
    [DataRow("localhost", "http://localhost/rebound.example", 403)]
    [DataRow("localhost", "ftp://localhost", 403)]
    [DataRow("localhost", "localhost", 403)]
    [DataRow("localhost", "http://localhost http://rebound.example", 403)]
    public async Task HostAndOriginMustBeAllowed(string host, string? origin, int status)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var header = origin is null ? "" : $"Origin: {origin}\r\n";
        var request = $"GET /health HTTP/1.1\r\nHost: {host}\r\n{header}Connection: close\r\n\r\n";
        StringAssert.StartsWith(await RawHttp.AskAsync(daemon, request), $"HTTP/1.1 {status} ");
        using var socket = await RawWebSocket.AskAsync(daemon.HttpPort, header, host);
        StringAssert.StartsWith(socket.Answer, status == 200 ? "HTTP/1.1 101 " : $"HTTP/1.1 {status} ");
    }

    [TestMethod]
    public async Task ARequestWithoutAHostIsRefused()
    {
        await using var daemon = await TestDaemon.StartAsync();
        StringAssert.StartsWith(await RawHttp.AskAsync(daemon, "GET /health HTTP/1.0\r\n\r\n"), "HTTP/1.1 403 ");
    }

    [TestMethod]
    [DataRow("chat.example.org", "https://chat.example.org", 200)]
    [DataRow("CHAT.example.org:81", null, 200)]
    [DataRow("one.example.org:8443", "http://one.example.org:8443", 200)]
    [DataRow("one.example.org", null, 403)]
    [DataRow("chat.example.org", "https://one.example.org", 403)]
    [DataRow("localhost", null, 403)]
    public async Task TheSettingReplacesTheDefault(string host, string? origin, int status)
    {
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Http:Hosts:0", "chat.example.org"), ("Chat:Http:Hosts:1", "One.example.org:8443"));
        var header = origin is null ? "" : $"Origin: {origin}\r\n";
        var request = $"GET /health HTTP/1.1\r\nHost: {host}\r\n{header}Connection: close\r\n\r\n";
        StringAssert.StartsWith(await RawHttp.AskAsync(daemon, request), $"HTTP/1.1 {status} ");
    }

    [TestMethod]
    [DataRow("Chat:Http:Hosts:0", "https://chat.example.org")]
    [DataRow("Chat:Http:Hosts:0", "chat.example.org/")]
    [DataRow("Chat:Http:Hosts:0", "chat.example.org:99999")]
    [DataRow("Chat:Http:Hosts:0", "*")]
    [DataRow("Chat:Http:Hosts:0", "::1")]
    [DataRow("Chat:Http:TrustedProxies:0", "proxy.example.org")]
    [DataRow("Chat:Http:TrustedProxies:0", "10.0.0.0/99")]
    public void AWrongEntryIsRefusedAtTheStart(string key, string entry)
    {
        var read = ChatOptions.Read([SettingLayer.Of("here", [new(key, entry)])], SettingTexts.English);
        StringAssert.Contains(string.Join('\n', read.Problems), $"\"{entry}\"");
    }
}
