namespace Chat.Daemon.Transport;

/// <summary>What an <see cref="IFraming"/> found at the start of the buffer.</summary>
internal enum FrameStatus
{
    /// <summary>Nothing complete yet.</summary>
    None,

    /// <summary>A frame.</summary>
    Frame,

    /// <summary>A frame over the limit. Reported once; the rest of it is skipped.</summary>
    TooLong,

    /// <summary>A binary message. Reported once; the rest of it is skipped.</summary>
    Binary,

    /// <summary>A ping of the transport, to be answered with the same payload.</summary>
    Ping,

    /// <summary>An answer to a ping of the transport, asked for or not.</summary>
    Pong,

    /// <summary>A part of a message of which more follows, or the end of one that was refused.</summary>
    Fragment,

    /// <summary>The client has said that it sends no more.</summary>
    Closed,
}
