namespace Chat.Protocol;

/// <summary>Limits of protocol version 1.</summary>
public static class ProtocolLimits
{
    /// <summary>The version that <c>hello.protocol</c> announces.</summary>
    public const int Version = 1;

    /// <summary>Bytes in a client frame, without its line break. A text of 4,000 four-byte characters fits.</summary>
    public const int ClientFrameBytes = 16_384;

    /// <summary>Bytes in a daemon frame, without its line break. Lists are cut to fit, with <c>more</c> set.</summary>
    public const int DaemonFrameBytes = 262_144;

    /// <summary>Unicode scalar values in the text of a message.</summary>
    public const int TextScalars = 4_000;

    /// <summary>Unicode scalar values in a user or room name, after NFC.</summary>
    public const int NameScalars = 32;

    /// <summary>Unicode scalar values in the <c>id</c> of a frame.</summary>
    public const int IdScalars = 64;

    /// <summary>Rooms of one connection.</summary>
    public const int RoomsPerConnection = 100;

    /// <summary>Messages in a <c>history</c> page without <c>limit</c>.</summary>
    public const int HistoryDefault = 50;

    /// <summary>Largest <c>limit</c> of a <c>history</c> page.</summary>
    public const int HistoryMax = 500;

    /// <summary>Messages in a <c>found</c> page without <c>limit</c>.</summary>
    public const int FoundDefault = 20;

    /// <summary>Largest <c>limit</c> of a <c>found</c> page.</summary>
    public const int FoundMax = 100;

    /// <summary>Words and prefixes of a <c>search</c>.</summary>
    public const int SearchWords = 10;

    /// <summary>Different emoji on a message.</summary>
    public const int ReactionsPerMessage = 20;

    /// <summary>Users named for each emoji of a listed message.</summary>
    public const int ReactionUsers = 10;

    /// <summary>Bytes of an emoji.</summary>
    public const int EmojiBytes = 64;

    /// <summary>Members of a room in which typing is told.</summary>
    public const int TypingMembers = 100;

    /// <summary>Seconds that a <c>typing</c> lasts.</summary>
    public const int TypingSeconds = 6;

    /// <summary>Accounts that a message mentions; later ones it does not.</summary>
    public const int MentionsPerMessage = 20;

    /// <summary>Messages of a conversation that <c>welcome</c> counts as mentions.</summary>
    public const int MentionsCounted = 1_000;

    /// <summary>Direct conversations that <c>welcome</c> lists.</summary>
    public const int DirectListed = 100;

    /// <summary>Ids remembered for each session and conversation, and so the most messages without an echo in a conversation.</summary>
    public const int RememberedIds = 1_000;

    /// <summary>Nesting depth of the JSON in a frame; <c>command.args</c> needs three.</summary>
    public const int Depth = 16;
}
