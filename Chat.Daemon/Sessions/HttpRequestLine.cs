using System.Buffers;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Recognises the first line of an HTTP request. A web page can make its visitor's browser send one to any port that the visitor
/// reaches, with a body of frames. No frame looks like that line.
/// </summary>
internal static class HttpRequestLine
{
    private static readonly SearchValues<byte> MethodBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <param name="line">The first line of a connection.</param>
    /// <param name="isCut">Whether it is only the beginning of a line, which then needs no version.</param>
    public static bool Is(in ReadOnlySequence<byte> line, bool isCut)
    {
        var reader = new SequenceReader<byte>(line);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> method, (byte)' ') || !IsMethod(method)) return false;
        return reader.TryReadTo(out ReadOnlySequence<byte> _, (byte)' ') ? IsVersion(reader.UnreadSequence) : isCut;
    }

    private static bool IsMethod(in ReadOnlySequence<byte> word)
    {
        foreach (var part in word)
            if (part.Span.ContainsAnyExcept(MethodBytes)) return false;
        return !word.IsEmpty;
    }

    /// <summary>HTTP/1.1, and HTTP/2.0 in the preface of the later protocol.</summary>
    private static bool IsVersion(in ReadOnlySequence<byte> word)
    {
        if (word.Length != "HTTP/1.1".Length) return false;
        Span<byte> version = stackalloc byte["HTTP/1.1".Length];
        word.CopyTo(version);
        return version.StartsWith("HTTP/"u8) && char.IsAsciiDigit((char)version[5]) && version[6] == '.'
            && char.IsAsciiDigit((char)version[7]);
    }
}
