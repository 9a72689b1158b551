using Chat.Daemon.Hooks;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

[TestClass]
public sealed class DeadlineGuardTests
{
    private readonly TestTime time = new();
    private readonly DeadlineGuard guard;

    public DeadlineGuardTests() => guard = new(time);

    [TestMethod]
    public void FiveMissesInAMinuteStartABypass()
    {
        for (var i = 0; i < 4; i++) Assert.IsFalse(Miss());
        Assert.IsTrue(Miss());
        Assert.IsTrue(guard.IsBypassed);
        Assert.IsFalse(guard.MayCall());
        Assert.IsFalse(guard.Missed(Task.CompletedTask)); // a call that began earlier; the bypass is reported once
    }

    [TestMethod]
    public void FiveMissesInMoreThanAMinuteStartNoBypass()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.IsFalse(Miss());
            time.Advance(TimeSpan.FromSeconds(16));
        }
        Assert.IsTrue(guard.MayCall());
    }

    [TestMethod]
    public void OneCallProbesTheFilterAfterAMinute()
    {
        Bypass();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsTrue(guard.MayCall());
        Assert.IsFalse(guard.MayCall());
        Assert.IsFalse(guard.Missed(Task.CompletedTask));
        Assert.IsFalse(guard.MayCall());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsTrue(guard.MayCall());
        Assert.IsTrue(guard.Answered());
        Assert.IsFalse(guard.IsBypassed);
        Assert.IsTrue(guard.MayCall());
        Assert.IsFalse(guard.Answered());
    }

    [TestMethod]
    public void FilterIsNotProbedWhileACallHangs()
    {
        var hangs = new TaskCompletionSource();
        for (var i = 0; i < 5; i++) guard.Missed(hangs.Task);
        time.Advance(TimeSpan.FromHours(1));
        Assert.IsFalse(guard.MayCall());
        hangs.SetResult();
        Assert.IsTrue(guard.MayCall());
    }

    [TestMethod]
    public void AbandonedProbeIsFollowedByAnother()
    {
        Bypass();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsTrue(guard.MayCall());
        guard.Abandoned(Task.CompletedTask);
        Assert.IsTrue(guard.MayCall());
    }

    private bool Miss() => guard.MayCall() && guard.Missed(Task.CompletedTask);

    private void Bypass()
    {
        for (var i = 0; i < 5; i++) Miss();
    }
}
