namespace Chat.Generators.Declared;

/// <summary>What a method returns.</summary>
internal enum ReplyKind
{
    Nothing,
    Text,
    /// <summary>A <c>CommandResult</c>, or a <c>RouteResponse</c>.</summary>
    Value,
}
