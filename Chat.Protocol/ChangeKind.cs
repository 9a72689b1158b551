namespace Chat.Protocol;

/// <summary>What a <c>change</c> does to a message.</summary>
public static class ChangeKind
{
    public const string Edit = "edit";
    public const string Delete = "delete";
    public const string React = "react";
    public const string Unreact = "unreact";
}
