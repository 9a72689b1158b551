using Chat.Daemon;
using Chat.Daemon.Commands;

namespace Chat.Commands.Tests;

internal static class OutcomeAssertions
{
    public static Refusal ShouldBeRefused(this CommandOutcome outcome, string code)
    {
        Assert.AreEqual(code, outcome.Code, outcome.ToString());
        return ((CommandOutcome.Refused)outcome).Refusal;
    }

    public static void ShouldReply(this CommandOutcome outcome, string text) =>
        Assert.AreEqual(text, (outcome as CommandOutcome.Reply)?.Text, outcome.ToString());
}
