namespace Chat.Protocol;

/// <summary>A parsed line: a frame, or the code and the reason of the refusal.</summary>
/// <param name="Frame">Null if the line is refused.</param>
/// <param name="Code"><c>bad_frame</c> or <c>unknown_type</c>; null for a frame.</param>
/// <param name="Reason">An English sentence about the mistake. It never quotes the line.</param>
/// <param name="Id">The line's <c>id</c>, if it could be read.</param>
public readonly record struct FrameResult<T>(T? Frame, string? Code, string? Reason, string? Id) where T : class;
