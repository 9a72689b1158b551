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
    private static readonly IPAddress Here = IPAddress.Loopback;

    [TestMethod]
    public async Task TheEleventhGuessIsRefusedAndAllowedLater()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        await users.AccountAsync("mia", Role.Member);
        for (var i = 0; i < 10; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", $"palpite {i}"));

        var next = await users.ConnectAsync("mia");
        var refusal = await next.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("mia", TestUsers.Password));
        Assert.AreEqual(("rate_limited", 10_000L), (refusal.Code, refusal.RetryAfter));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("bia", "palpite"), "Another name is another matter.");

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", "palpite"));
        Assert.AreEqual("rate_limited", await users.TryLoginAsync("mia", TestUsers.Password));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
    }

    [TestMethod]
    [DataRow(false, DisplayName = "from an unknown address")]
    [DataRow(true, DisplayName = "from the owner's address")]
    public async Task ParallelGuessesCountBeforeTheyAreChecked(bool isKnown)
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        await users.AccountAsync("mia", Role.Member);
        if (isKnown) Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => users.TryLoginAsync("mia", $"palpite {i}")));
        Assert.AreEqual(10, outcomes.Count(o => o == "wrong_password"));
        Assert.AreEqual(50, outcomes.Count(o => o == "rate_limited"));
    }

    [TestMethod]
    public async Task ARightPasswordIsNoGuess()
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        await users.AccountAsync("mia", Role.Member);
        for (var i = 0; i < 9; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", "palpite"));
        for (var i = 0; i < 12; i++) Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", "palpite"));
        Assert.AreEqual("rate_limited", await users.TryLoginAsync("mia", TestUsers.Password));
    }

    [TestMethod]
    public async Task GuessesByOthersDelayTheOwnerNowhere()
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        await users.AccountAsync("mia", Role.Member);
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password, from: Address(1)));
        var phone = await users.ConnectAsync("mia", Address(2));
        var token = (await phone.LoginAsync(new ClientFrame.Login("mia", TestUsers.Password))).Token;
        await users.Daemon.RestartAsync();

        await AttackAsync(users, "mia");
        foreach (var known in (int[])[1, 2])
            Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password, from: Address(known)), $"{Address(known)}");
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", token: token, from: Address(200)));
    }

    [TestMethod]
    public async Task GuessesByOthersDoNotDelayTheFirstLogin()
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        await users.AccountAsync("mia", Role.Member);
        await AttackAsync(users, "mia");
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password, from: Address(1)));
    }

    [TestMethod]
    public async Task WhileStrangersGuessEachNewAddressHasThreeGuesses()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        await users.AccountAsync("mia", Role.Member);
        await AttackAsync(users, "mia");
        for (var i = 0; i < 3; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", "palpite", from: Address(1)));
        var fourth = await users.ConnectAsync("mia", Address(1));
        var refusal = await fourth.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("mia", TestUsers.Password));
        Assert.AreEqual(("rate_limited", 3_600_000L), (refusal.Code, refusal.RetryAfter));

        time.Advance(TimeSpan.FromMinutes(5)); // all strangers' 30 grow back
        for (var i = 0; i < 7; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", "palpite", from: Address(1)));
    }

    [TestMethod]
    public async Task TheNetworkOfARegistrationIsKnown()
    {
        await using var users = await TestUsers.StartAsync(null, new TestTime());
        var ana = await users.ConnectAsync("ana", Address(1));
        await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", TestUsers.Password));
        await AttackAsync(users, "ana");
        for (var i = 0; i < 9; i++) Assert.AreEqual("wrong_password", await users.TryLoginAsync("ana", "palpite", from: Address(1)));
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", TestUsers.Password, from: Address(1)));
    }

    [TestMethod]
    public void AddressesOfOneNetworkShareItsGuesses()
    {
        var limits = new GuessLimits(new TestTime());
        for (var i = 0; i < 10; i++) Assert.IsNull(Wait($"2001:db8:7:{i}::1"));
        Assert.IsNotNull(Wait("2001:db8:7:ffff::2"));
        Assert.IsNull(Wait("2001:db8:8::1"));
        Assert.IsNull(Wait("203.0.113.7"));

        TimeSpan? Wait(string address) => limits.Take("mia", GuessLimits.NetworkOf(IPAddress.Parse(address)), isKnown: false).Wait;
    }

    [TestMethod]
    public void TheTableOfGuessesIsBounded()
    {
        var (limits, here) = (new GuessLimits(new TestTime()), GuessLimits.NetworkOf(Here));
        for (var i = 0; i < 10; i++) limits.Take("mia", here, isKnown: false);
        for (var i = 0; i < 100_000; i++) limits.Take($"nome{i}", here, isKnown: false);
        Assert.IsLessThanOrEqualTo(20_000, limits.Count);
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

    private static IPAddress Address(int last) => IPAddress.Parse($"127.0.0.{last}");

    /// <summary>Strangers at 20 addresses guess until nobody gets an answer but <c>rate_limited</c>.</summary>
    private static async Task AttackAsync(TestUsers users, string user)
    {
        var wrong = 0;
        for (var address = 100; address < 120; address++)
            while (await users.TryLoginAsync(user, "palpite", from: Address(address)) == "wrong_password") wrong++;
        Assert.AreEqual(30 + (17 * 3), wrong, "30 from the first three addresses, then three from each");
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
