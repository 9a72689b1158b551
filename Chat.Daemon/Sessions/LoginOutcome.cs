using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>A connection attached to its session, or the refusal of the login.</summary>
/// <param name="Token">For the <c>welcome</c>; null after a login by cookie.</param>
internal sealed record LoginOutcome(Attachment? Attachment, string? Token, Refusal? Refusal)
{
    public static LoginOutcome Refused(string code, TimeSpan? retryAfter = null) => new(
        null, null, new Refusal(code, RetryAfter: retryAfter));

    public static LoginOutcome Banned(ActiveBan ban) => new(null, null, Daemon.Refusal.Banned(ban));
}
