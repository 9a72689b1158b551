using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>
/// Reads the classes that the daemon calls: filters, event handlers, handovers, jobs, hosted services, and the author's entry.
/// </summary>
internal static class HookReader
{
    private const int LongestFilter = 5_000;

    public static EquatableArray<DeclaredHook> Read(INamedTypeSymbol type, Findings findings)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsAbstract) return default;
        var hooks = type.AllInterfaces.Where(i => IsHook(type, i)).ToList();
        if (hooks.Count == 0) return default;
        if (type.IsGenericType && hooks.TrueForAll(i => i.IsHostedService())) return default; // its author registers the types that run
        if (ObstacleOf(type) is not { } obstacle)
            return hooks.Select(i => Read(type, i, findings)).OfType<DeclaredHook>().ToEquatableArray();
        findings.Add(Rules.Inaccessible, type.FirstLocation(), type.Name, $"it {obstacle}");
        return default;
    }

    public static bool IsEntry(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false } && type.AllInterfaces.Any(i => i.IsContract("IChatPlugin"));

    private static bool IsHook(INamedTypeSymbol type, INamedTypeSymbol implemented) =>
        implemented.IsContract("IMessageFilter")
            || implemented.IsContract("IEventHandler")
            || implemented.IsContract("IHandover")
            || implemented.IsContract("IJob")
            || implemented.IsHostedService()
            || (implemented.IsContract("IChatPlugin") && type.HasUsableConstructor());

    private static string? ObstacleOf(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Struct ? "is a struct; use a class" : Reach.Obstacle(type);

    private static DeclaredHook? Read(INamedTypeSymbol type, INamedTypeSymbol hook, Findings findings) =>
        hook.IsContract("IMessageFilter") ? new(HookKind.Filter, type.CodeName(), Policy: PolicyOf(type, findings))
        : hook.IsContract("IEventHandler") && hook.TypeArguments.FirstOrDefault() is INamedTypeSymbol happened
            ? new(HookKind.Handler, type.CodeName(), happened.CodeName())
        : hook.IsContract("IHandover") ? new(HookKind.Handover, type.CodeName())
        : hook.IsContract("IJob") ? new(HookKind.Job, type.CodeName())
        : hook.IsHostedService() ? new(HookKind.HostedService, type.CodeName())
        : hook.IsContract("IChatPlugin") ? new(HookKind.Plugin, type.CodeName())
        : null;

    private static string? PolicyOf(INamedTypeSymbol type, Findings findings)
    {
        if (type.Nearest("Filter") is not { } policy) return null;
        if (policy.NamedArguments.Any(n => n is { Key: "DeadlineMilliseconds", Value.Value: int and (< 1 or > LongestFilter) }))
            findings.Add(Rules.OutOfBounds, policy.LocationOr(type), "A filter's deadline must be from 1 ms to 5 s");
        return string.Join(
            ", ", policy.NamedArguments.Where(n => n.Value.Type is not null)
                .Select(n => $"{n.Key} = {Code.Constant(n.Value.Value, n.Value.Type!)}"));
    }
}
