using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reporting;

/// <summary>Every diagnostic. docs/diagnostics.md has a section for each id.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor
        Duplicate = Error("CHAT001", "Duplicate name", DuplicateMessage, WellKnownDiagnosticTags.CompilationEnd),
        ParameterName = Error("CHAT001", "Duplicate name", DuplicateMessage),
        ParameterType = Error(
            "CHAT002",
            "Unsupported parameter type",
            "The parameter {0} has the type {1}, and no text can be converted to it. "
            + "Use a string, number, bool, enum, TimeSpan, User, Room, or a type that implements IParsable of itself."),
        ServiceParameter = Error(
            "CHAT002",
            "Unsupported parameter type",
            "The parameter {0} has the type {1}, and no text can be converted to it. A service belongs in the constructor of {2}."),
        Order = Error("CHAT003", "Invalid order of parameters", "{0}"),
        ReturnType = Error(
            "CHAT004",
            "Unsupported return type",
            "The method {0} returns {1}. Return a string, CommandResult or nothing, or a Task or ValueTask of these."),
        AsyncVoid = Error(
            "CHAT004",
            "Unsupported return type",
            "{0} is async void: nobody can wait for it, and its exceptions reach only the log. Return a Task, and wait for it."),
        Aborted = Warning(
            "CHAT005", "Cancellation is not passed on", "Pass {0} to {1}, so that the call stops when the daemon cancels {2}"),
        BadExample = Error("CHAT006", "Invalid example", "The example \"{0}\" does not parse: {1}"),
        NoSummary = Warning("CHAT007", "Missing summary", "The command {0} has no <summary>, so help has no text for it"),
        BadName = Error(
            "CHAT008", "Invalid name", "\"{0}\" is not a valid name. Use words of letters, digits, - and _, at most 64 characters."),
        AttributeMismatch = Error("CHAT009", "Attribute does not fit the parameter", "{0} (parameter {1})"),
        Inaccessible = Error("CHAT010", "Not accessible to generated code", "Generated code can't use {0}: {1}"),
        Entry = Error("CHAT011", "Invalid plugin entry", "{0}", WellKnownDiagnosticTags.CompilationEnd),
        OutOfBounds = Error("CHAT012", "Limit out of range", "{0}"),
        BadDefault = Error("CHAT013", "Invalid default", "The default \"{0}\" is not valid: {1} {2}"),
        OnlyInInvocation = Error(
            "CHAT015",
            "Available only while a command runs",
            "{0} serves no command, but {1} acts for the caller of one. Inject it into a class that has only commands."),
        Route = Error("CHAT016", "Invalid route", "{0}"),
        SameRoute = Error("CHAT016", "Invalid route", "{0} answers the same requests as {1}", WellKnownDiagnosticTags.CompilationEnd),
        Pinned = Warning("CHAT014", "Keeps the plugin in memory", "{0} keeps the plugin in memory after it is replaced: {1}", "Unloading");

    private const string DuplicateMessage = "The name \"{0}\" already belongs to {1}";

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        new(id, title, message, "Commands", DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: tags);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string category = "Commands") =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
