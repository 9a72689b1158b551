namespace Chat.Daemon.Accounts;

/// <summary>What keeps users from writing: mutes by moderators, and blocks by the one they write to.</summary>
internal sealed record Silences(Mutes Mutes, Blocks Blocks);
