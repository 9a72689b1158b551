using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>What became of a login.</summary>
/// <param name="Token">For the <c>welcome</c>.</param>
internal sealed record LoginOutcome(Attachment? Attachment, string? Token, Refusal? Refusal)
{
    public static LoginOutcome Refused(string code) => new(null, null, new Refusal(code));

    /// <summary>The reason was written by a moderator for the banned one; it is theirs to read.</summary>
    public static LoginOutcome Banned(Ban ban) => new(null, null, new Refusal(RefusalCode.Banned, Detail: ban.Reason.Length > 0 ? ban.Reason : null));
}
