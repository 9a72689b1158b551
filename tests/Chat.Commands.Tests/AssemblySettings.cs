[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
[assembly: DiscoverInternals]
[assembly: Chat.ChatPlugin(Id = "tests")]
