namespace Chat.Cli;

/// <summary>What to do with a saved token.</summary>
internal enum TokenAction
{
    /// <summary>Its session may be resumed later.</summary>
    Keep,

    /// <summary>Its session is out of reach but may be alive: keep the token until there is another one.</summary>
    Replace,

    /// <summary>Its session is over.</summary>
    Discard,
}
