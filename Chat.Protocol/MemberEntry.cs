namespace Chat.Protocol;

public sealed record MemberEntry(string User, IReadOnlyList<string> Roles);
