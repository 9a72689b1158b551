namespace Chat.Protocol;

/// <summary>Why a connection is no longer in a room. Without a reason, it left by itself.</summary>
public static class LeftReason
{
    public const string Kicked = "kicked";
    public const string Banned = "banned";

    /// <summary>The room is gone, with its messages.</summary>
    public const string Deleted = "deleted";

    public const string NoAccess = "no_access";

    /// <summary>Another connection of the account left.</summary>
    public const string Elsewhere = "elsewhere";
}
