using System.Net;
using Chat.Daemon.Sessions.Limits;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class AddressLimitsTests
{
    [TestMethod]
    public async Task AnAddressIsRememberedWhileItAsksThroughAProxy()
    {
        var (time, address) = (new TestTime(DateTimeOffset.UtcNow), IPAddress.Parse("192.0.2.1"));
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var limits = daemon.Get<AddressLimits>();
        var usage = limits.UsageOf(address);
        Assert.IsTrue(usage.Requests.TryEnter());
        await ForgetAsync();
        Assert.AreSame(usage, limits.UsageOf(address), "Its requests would be counted anew.");
        usage.Requests.Leave();
        await ForgetAsync();
        Assert.AreNotSame(usage, limits.UsageOf(address));

        async Task ForgetAsync()
        {
            time.Advance(TimeSpan.FromMinutes(2));
            await ((IPeriodicTask)limits).RunAsync(CancellationToken.None);
        }
    }
}
