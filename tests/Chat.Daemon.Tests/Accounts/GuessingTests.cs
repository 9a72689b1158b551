using System.Diagnostics;
using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>Guessing passwords is slow from any address and for any name.</summary>
[TestClass]
public sealed class GuessingTests
{
    private static readonly IPAddress Here = IPAddress.Loopback, Elsewhere = IPAddress.Parse("203.0.113.7");

    [TestMethod]
    public async Task GuessesForANameAreLimitedAndAllowedAgainLater()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        await users.AccountAsync("mia", Role.Member);
        for (var i = 0; i < 10; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", $"palpite {i}"));

        var next = await users.ConnectAsync("mia");
        var refusal = await next.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("mia", TestUsers.Password));
        Assert.AreEqual("rate_limited", refusal.Code);
        Assert.IsInRange(1L, 20_000L, refusal.RetryAfter!.Value);
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("bia", "palpite"), "Another name is another matter.");

        time.Advance(TimeSpan.FromMilliseconds(refusal.RetryAfter.Value));
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
    }

    [TestMethod]
    public async Task GuessesByOthersDoNotLockTheOwnerOut()
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        await users.AccountAsync("mia", Role.Member);
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
        var credentials = users.Daemon.Get<Credentials>();
        var mia = TestUsers.Name("mia");
        PasswordCheck last = default;
        for (var i = 0; i < 12; i++) last = await credentials.CheckAsync(mia, $"palpite {i}", Elsewhere, CancellationToken.None);
        Assert.AreEqual("rate_limited", last.Refusal?.Code);
        Assert.AreEqual(
            "rate_limited", (await credentials.CheckAsync(mia, TestUsers.Password, Elsewhere, CancellationToken.None)).Refusal?.Code);
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
    }

    [TestMethod]
    public async Task ANameWithoutAnAccountIsLimitedInTheSameWay()
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        for (var i = 0; i < 10; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("ninguem", $"palpite {i}"));
        Assert.AreEqual("rate_limited", await users.TryLoginAsync("ninguem", "palpite"));
    }

    [TestMethod]
    public async Task LoginsFromAnAddressAreLimitedForAllNamesTogether()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Limits:LoginsPerMinute", "3"));
        for (var i = 0; i < 3; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync($"nome{i}", "palpite"));
        Assert.AreEqual("rate_limited", await users.TryLoginAsync("outro", "palpite"));
        Assert.AreEqual("rate_limited", await users.TryLoginAsync("outro"));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.AreEqual("welcome", await users.TryLoginAsync("outro"));
    }

    /// <summary>Compares the fastest of several tries: noise can only make a try slower.</summary>
    [TestMethod]
    [DoNotParallelize]
    public async Task AnUnknownNameTakesAsLongAsAWrongPassword()
    {
        await using var users = await TestUsers.StartAsync();
        await users.AccountAsync("mia", Role.Member);
        var credentials = users.Daemon.Get<Credentials>();
        var (known, unknown) = (await FastestAsync(credentials, "mia"), await FastestAsync(credentials, "ninguem"));
        Assert.IsInRange(0.4, 2.5, unknown / known);
    }

    private static async Task<double> FastestAsync(Credentials credentials, string user)
    {
        var name = TestUsers.Name(user);
        var fastest = double.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.AreEqual("wrong_password", (await credentials.CheckAsync(name, "palpite", Here, CancellationToken.None)).Refusal?.Code);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return fastest;
    }
}
