<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AddCard</name>
    <message>
        <source>From this machine or a stick</source>
        <translation>从本机或 U 盘</translation>
    </message>
    <message>
        <source>Import models</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Models and packs (%1)</source>
        <translation>模型和模型包 (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>Drop files or folders anywhere on this window, or choose them: a pair of GGUF files, a pack (.galago), an original checkpoint or a LoRA adapter. They are checked, converted if need be, and copied into the library, whole or not at all.</source>
        <translation>把文件或文件夹拖到窗口任意位置，或从这里选择：一对 GGUF 文件、模型包（.galago）、原始检查点或 LoRA 适配器。它们会经过检查、必要时转换，再复制到模型库，要么完整导入，要么什么都不留下。</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
</context>
<context>
    <name>AddressBox</name>
    <message>
        <source>Add one by its addresses…</source>
        <translation>按网址添加…</translation>
    </message>
    <message>
        <source>A model is two GGUF files; paste the address of each. Pages of Hugging Face will do. Nobody states what these files have to be, so what comes is checked for being a model that fits together, and held to that later.</source>
        <translation>一个模型是两个 GGUF 文件，请分别粘贴它们的网址；Hugging Face 的页面也可以。没有人说明这些文件应有的内容，因此下载后会检查它们是不是配套的模型，以后也以此为准。</translation>
    </message>
    <message>
        <source>Address of the language model</source>
        <translation>语言模型的网址</translation>
    </message>
    <message>
        <source>https://… language model (.gguf)</source>
        <translation>https://… 语言模型（.gguf）</translation>
    </message>
    <message>
        <source>Address of its mmproj file</source>
        <translation>mmproj 文件的网址</translation>
    </message>
    <message>
        <source>https://… its eyes (mmproj, .gguf)</source>
        <translation>https://… 它的“眼睛”（mmproj，.gguf）</translation>
    </message>
    <message>
        <source>Add to the list</source>
        <translation>添加到列表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AnswerBubble</name>
    <message>
        <source>Galago</source>
        <translation>Galago</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>reached the longest answer allowed (see Settings)</source>
        <translation>已达到回答长度上限（见“设置”）</translation>
    </message>
    <message>
        <source>ended: the context is full</source>
        <translation>已结束：上下文已满</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier turn(s) no longer fit the context and were left out.</source>
        <translation>
            <numerusform>上下文放不下更早的 %n 轮对话，已将其略去。</numerusform>
        </translation>
    </message>
    <message>
        <source>Galago answered: %1</source>
        <translation>Galago 回答：%1</translation>
    </message>
    <message>
        <source>Stopped before the first word.</source>
        <translation>还没有输出就停止了。</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>修改问题</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Edit question</source>
        <translation>修改问题</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1</source>
        <translation>
            <numerusform>%n 个词元，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>AnswerPhases</name>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>AttachmentThumb</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Picture %1, %2 by %3 pixels</source>
        <translation>图片 %1，%2 × %3 像素</translation>
    </message>
    <message>
        <source>Remove picture %1</source>
        <translation>移除图片 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Show picture %1 large</source>
        <translation>放大查看图片 %1</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Hide details</source>
        <translation>收起详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>BranchSwitch</name>
    <message>
        <source>Earlier version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Version %1 of %2</source>
        <translation>第 %1 个版本，共 %2 个</translation>
    </message>
    <message>
        <source>Later version</source>
        <translation>下一个版本</translation>
    </message>
</context>
<context>
    <name>BundleCard</name>
    <message>
        <source>For another machine</source>
        <translation>给另一台电脑</translation>
    </message>
    <message>
        <source>Write a bundle</source>
        <translation>写入合集</translation>
    </message>
    <message>
        <source>Packs (%1)</source>
        <translation>模型包 (%1)</translation>
    </message>
    <message>
        <source>Puts several models, the settings and the sample pictures into one file on a stick. Another machine imports it without a network. A single model is exported from its row above.</source>
        <translation>把多个模型、设置和示例图片放进 U 盘上的一个文件，另一台电脑无需网络即可导入。单个模型请在上方它所在的行导出。</translation>
    </message>
    <message>
        <source>Choose what goes along…</source>
        <translation>选择要带上的内容…</translation>
    </message>
    <message>
        <source>Settings of this window</source>
        <translation>这个窗口的设置</translation>
    </message>
    <message>
        <source>Look, language and answers; nothing of this machine, and no chats.</source>
        <translation>外观、语言和回答方式；不含本机的内容，也不含对话。</translation>
    </message>
    <message>
        <source>Sample pictures</source>
        <translation>示例图片</translation>
    </message>
    <message>
        <source>Write the bundle, %1…</source>
        <translation>写入合集（%1）…</translation>
    </message>
    <message>
        <source>Choose at least one model</source>
        <translation>请至少选择一个模型</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BundleRow</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>CameraSheet</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What the camera shows</source>
        <translation>摄像头画面</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>摄像头没有响应</translation>
    </message>
    <message>
        <source>There is no camera</source>
        <translation>没有摄像头</translation>
    </message>
    <message>
        <source>Another program may be using it, or you may not be allowed to: on Linux the group “video” is.</source>
        <translation>可能有其他程序正在使用它，或者你没有权限：在 Linux 上需要属于 video 组。</translation>
    </message>
    <message>
        <source>Plug one in: it is shown here at once.</source>
        <translation>接上一个，这里就会立即显示。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Live question</source>
        <translation>实时提问</translation>
    </message>
    <message>
        <source>Asked again and again…</source>
        <translation>反复询问的问题…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask live</source>
        <translation>实时提问</translation>
    </message>
    <message>
        <source>Take the picture</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在看…</translation>
    </message>
    <message>
        <source>From picture to answer %1. Nothing of it is kept.</source>
        <translation>从画面到回答用时 %1。不会保存任何内容。</translation>
    </message>
    <message>
        <source>Live: the question is asked of the newest picture whenever the last answer is finished. Nothing of it is kept.</source>
        <translation>实时：每当上一个回答结束，就用同一问题询问最新画面。不会保存任何内容。</translation>
    </message>
</context>
<context>
    <name>ChatExport</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1 tokens/s</source>
        <translation>
            <numerusform>%n 个词元，%1 词元/秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatExportNews</name>
    <message>
        <source>%1 is written.</source>
        <translation>%1 已写好。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open the folder of %1</source>
        <translation>打开 %1 所在的文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ChatExportSheet</name>
    <message>
        <source>Export this chat</source>
        <translation>导出这个对话</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>The conversation as it is on show, as text that other programs format. Pictures are in the file.</source>
        <translation>当前显示的对话，保存为其他程序可以排版的文本。图片包含在文件中。</translation>
    </message>
    <message>
        <source>All versions of questions and answers, with all times and figures, for programs. Pictures are in the file.</source>
        <translation>问题和回答的所有版本，连同全部时间和数据，供程序使用。图片包含在文件中。</translation>
    </message>
    <message>
        <source>The conversation as it is on show, to be read in any browser. Pictures are in the file; it fetches nothing.</source>
        <translation>当前显示的对话，可用任何浏览器阅读。图片包含在文件中，不从网络获取任何内容。</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
</context>
<context>
    <name>ChatScreen</name>
    <message>
        <source>Open a GGUF file…</source>
        <translation>打开 GGUF 文件…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Load it anyway</source>
        <translation>仍然加载</translation>
    </message>
    <message>
        <source>This chat is almost full</source>
        <translation>这个对话快满了</translation>
    </message>
    <message>
        <source>The next question will push out the oldest turns. The picture and the instructions stay.</source>
        <translation>下一个问题会挤掉最早的几轮对话，图片和指令会保留。</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Longer context…</source>
        <translation>加长上下文…</translation>
    </message>
    <message>
        <source>Eight pictures are the most that one question takes</source>
        <translation>一个问题最多带八张图片</translation>
    </message>
    <message>
        <source>The others were left out.</source>
        <translation>其余图片没有加入。</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line. Answers can be wrong.</source>
        <translation>按 Enter 发送，Shift+Enter 换行。回答可能有误。</translation>
    </message>
    <message>
        <source>Answers can be wrong.</source>
        <translation>回答可能有误。</translation>
    </message>
    <message>
        <source>Demonstration model: simple drawings, no photographs.</source>
        <translation>演示模型：只认识简单的图画，看不懂照片。</translation>
    </message>
    <message>
        <source>This is the demonstration model: it knows simple drawings, not photographs. Ctrl+M: other models.</source>
        <translation>这是演示模型：它认识简单的图画，看不懂照片。按 Ctrl+M 选择其他模型。</translation>
    </message>
    <message>
        <source>You are asking an earlier question in other words</source>
        <translation>您正在换一种说法提出之前的问题</translation>
    </message>
    <message>
        <source>The former wording and its answers are kept: the arrows below the question lead back to them.</source>
        <translation>原来的说法和回答会保留：用问题下方的箭头可以回到它们。</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消 (Esc)</translation>
    </message>
</context>
<context>
    <name>ChoiceBox</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>CompareBatch</name>
    <message>
        <source>Many questions</source>
        <translation>成批提问</translation>
    </message>
    <message>
        <source>Open a script</source>
        <translation>打开脚本</translation>
    </message>
    <message>
        <source>Scripts (%1)</source>
        <translation>脚本 (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>打开图片文件夹</translation>
    </message>
    <message>
        <source>Keep the results</source>
        <translation>保存结果</translation>
    </message>
    <message>
        <source>A script (docs/compare.md), or a folder of pictures with a question in NAME.txt beside each or in prompt.txt for all.</source>
        <translation>一个脚本（见 docs/compare.md），或一个图片文件夹：问题写在每张图片旁的 NAME.txt 里，或写在供全部图片使用的 prompt.txt 里。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n question(s)</source>
        <translation>
            <numerusform>%1：%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a script…</source>
        <translation>打开脚本…</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask all of them</source>
        <translation>全部提问</translation>
    </message>
    <message>
        <source>Keep the results…</source>
        <translation>保存结果…</translation>
    </message>
    <message>
        <source>%1 of %2 answers</source>
        <translation>已答 %1 / %2</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>已保存到 %1</translation>
    </message>
</context>
<context>
    <name>CompareColumn</name>
    <message>
        <source>converting, %1</source>
        <translation>正在转换，%1</translation>
    </message>
    <message>
        <source>loading, %1</source>
        <translation>正在加载，%1</translation>
    </message>
    <message>
        <source>waiting for its turn</source>
        <translation>等待轮到它</translation>
    </message>
    <message>
        <source>looking at the picture</source>
        <translation>正在看图片</translation>
    </message>
    <message>
        <source>looking at the picture, %1</source>
        <translation>正在看图片，%1</translation>
    </message>
    <message>
        <source>reading the question</source>
        <translation>正在读问题</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Same text as A</source>
        <translation>与 A 的文字相同</translation>
    </message>
    <message>
        <source>%1 of the words as A</source>
        <translation>与 A 相同的词占 %1</translation>
    </message>
    <message>
        <source>%1, differs from token %2</source>
        <translation>%1，从第 %2 个词元起不同</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>Column %1, %2</source>
        <translation>第 %1 列，%2</translation>
    </message>
    <message>
        <source>hidden until you have voted</source>
        <translation>投票之后才显示</translation>
    </message>
    <message>
        <source>Remove column %1</source>
        <translation>移除第 %1 列</translation>
    </message>
    <message>
        <source>No answer of column %1 yet</source>
        <translation>第 %1 列还没有回答</translation>
    </message>
    <message>
        <source>Column %1 answered: %2</source>
        <translation>第 %1 列的回答：%2</translation>
    </message>
    <message>
        <source>%1 is the best</source>
        <translation>%1 最好</translation>
    </message>
    <message>
        <source>Picture encoded in</source>
        <translation>图片编码用时</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>首个词元用时</translation>
    </message>
    <message>
        <source>Prompt read at</source>
        <translation>读取提示的速度</translation>
    </message>
    <message>
        <source>Answer written at</source>
        <translation>写出回答的速度</translation>
    </message>
    <message>
        <source>Tokens answered</source>
        <translation>回答的词元数</translation>
    </message>
    <message>
        <source>Memory at most</source>
        <translation>内存最多</translation>
    </message>
    <message>
        <source>Mean KL divergence from A</source>
        <translation>与 A 的平均 KL 散度</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 奈特</translation>
    </message>
</context>
<context>
    <name>CompareQuestion</name>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>图片 (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>Choose another picture</source>
        <translation>选择另一张图片</translation>
    </message>
    <message>
        <source>Choose a picture, or drop one here</source>
        <translation>选择图片，或拖到这里</translation>
    </message>
    <message>
        <source>One question for all…</source>
        <translation>对所有模型提同一个问题…</translation>
    </message>
    <message>
        <source>Question for all models</source>
        <translation>对所有模型的问题</translation>
    </message>
    <message>
        <source>Blind: vote before the names are shown</source>
        <translation>盲评：先投票，后显示名称</translation>
    </message>
    <message>
        <source>All at once: times are then not comparable</source>
        <translation>同时运行：此时用时不可比较</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>添加一列</translation>
    </message>
    <message>
        <source>None is better</source>
        <translation>不分高下</translation>
    </message>
    <message>
        <source>Without the picture</source>
        <translation>不用图片</translation>
    </message>
</context>
<context>
    <name>CompareResults</name>
    <message>
        <source>picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>prompt %1</source>
        <translation>提示 %1</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>内存 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>same text in %1 of %2</source>
        <translation>文字相同 %1 / %2</translation>
    </message>
    <message>
        <source>words shared %1</source>
        <translation>相同的词 %1</translation>
    </message>
    <message>
        <source>mean KL %1 nats</source>
        <translation>平均 KL %1 奈特</translation>
    </message>
    <message numerus="yes">
        <source>%n not as expected</source>
        <translation>
            <numerusform>%n 个不符合预期</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the end: these are the answers so far.</source>
        <translation>提前停止：这些是到目前为止的回答。</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) are not as expected.</source>
        <translation>
            <numerusform>有 %n 个回答不符合预期。</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer written at</source>
        <translation>写出回答的速度</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>首个词元用时</translation>
    </message>
    <message>
        <source>Times and rates are medians over the questions; agreement is with the first model.</source>
        <translation>用时和速度是所有问题的中位数；一致程度以第一个模型为准。</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问题与回答</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>CompareScreen</name>
    <message>
        <source>Compare models</source>
        <translation>比较模型</translation>
    </message>
    <message>
        <source>Votes without knowing the names</source>
        <translation>不知道名称时的投票</translation>
    </message>
    <message>
        <source>best in %1 of %2</source>
        <translation>%2 次中 %1 次最好</translation>
    </message>
    <message>
        <source>Forget all votes</source>
        <translation>清除所有投票</translation>
    </message>
</context>
<context>
    <name>CompareSetup</name>
    <message>
        <source>Model of column %1</source>
        <translation>第 %1 列的模型</translation>
    </message>
    <message>
        <source>Galago Tiny</source>
        <translation>Galago Tiny</translation>
    </message>
    <message>
        <source>Quantisation of column %1</source>
        <translation>第 %1 列的量化</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Device of column %1</source>
        <translation>第 %1 列的设备</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Temperature of column %1</source>
        <translation>第 %1 列的温度</translation>
    </message>
    <message>
        <source>0, exact</source>
        <translation>0，确定</translation>
    </message>
</context>
<context>
    <name>DeviceText</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>%1 %2 tokens/s</source>
        <translation>%1 %2 词元/秒</translation>
    </message>
    <message>
        <source>%1 %2 tokens/s, picture %3</source>
        <translation>%1 %2 词元/秒，图片 %3</translation>
    </message>
    <message>
        <source>there is no GPU to choose</source>
        <translation>没有可选的 GPU</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to ask about it</source>
        <translation>松开即可就它提问</translation>
    </message>
    <message>
        <source>Drop to import the model</source>
        <translation>松开即可导入模型</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The model file could not be read.</source>
        <translation>无法读取模型文件。</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read it, or choose another.</source>
        <translation>请检查文件是否还在、是否有权读取，或选择别的模型。</translation>
    </message>
    <message>
        <source>This file is damaged or is not a GGUF model.</source>
        <translation>文件已损坏，或者不是 GGUF 模型。</translation>
    </message>
    <message>
        <source>Download it again, or choose another model.</source>
        <translation>请重新下载，或选择别的模型。</translation>
    </message>
    <message>
        <source>This model is of a kind that Galago cannot run.</source>
        <translation>Galago 不能运行这种模型。</translation>
    </message>
    <message>
        <source>Choose a MobileVLM model: a language model and its mmproj file.</source>
        <translation>请选择 MobileVLM 模型：一个语言模型和它的 mmproj 文件。</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>内存不足，装不下这个模型。</translation>
    </message>
    <message>
        <source>Close other programs, set a shorter context, or choose a smaller model.</source>
        <translation>请关闭其他程序、缩短上下文，或选择更小的模型。</translation>
    </message>
    <message>
        <source>The computing device failed or is missing.</source>
        <translation>计算设备出错或不存在。</translation>
    </message>
    <message>
        <source>Loading was stopped.</source>
        <translation>加载已停止。</translation>
    </message>
    <message>
        <source>Load it again, or choose another model.</source>
        <translation>请重新加载，或选择别的模型。</translation>
    </message>
    <message>
        <source>There is no such model.</source>
        <translation>没有这个模型。</translation>
    </message>
    <message>
        <source>Choose an installed model, or open a GGUF file.</source>
        <translation>请选择已安装的模型，或打开一个 GGUF 文件。</translation>
    </message>
    <message>
        <source>The context is too short for this model.</source>
        <translation>上下文对这个模型来说太短。</translation>
    </message>
    <message>
        <source>Set a longer context in the settings.</source>
        <translation>请在设置中加长上下文。</translation>
    </message>
    <message>
        <source>The model could not be fetched.</source>
        <translation>无法获取模型。</translation>
    </message>
    <message>
        <source>Check the network and try again.</source>
        <translation>请检查网络后重试。</translation>
    </message>
    <message>
        <source>The model file was changed or is damaged.</source>
        <translation>模型文件被改动过或已损坏。</translation>
    </message>
    <message>
        <source>Download it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong while loading the model.</source>
        <translation>加载模型时发生了意外错误。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, please report it with the details.</source>
        <translation>请重试。如果再次发生，请附上详情反馈给我们。</translation>
    </message>
    <message>
        <source>The picture could not be opened.</source>
        <translation>无法打开图片。</translation>
    </message>
    <message>
        <source>Check that the file is still there and that you may read it.</source>
        <translation>请检查文件是否还在、是否有权读取。</translation>
    </message>
    <message>
        <source>Not a picture, or a damaged one.</source>
        <translation>不是图片，或者图片已损坏。</translation>
    </message>
    <message>
        <source>Try PNG, JPEG, WebP, BMP or GIF.</source>
        <translation>请使用 PNG、JPEG、WebP、BMP 或 GIF。</translation>
    </message>
    <message>
        <source>Galago cannot read this kind of picture.</source>
        <translation>Galago 不能读取这种图片。</translation>
    </message>
    <message>
        <source>Save it as PNG or JPEG and add it again.</source>
        <translation>请另存为 PNG 或 JPEG 后重新添加。</translation>
    </message>
    <message>
        <source>The picture is too large for the memory.</source>
        <translation>图片太大，内存装不下。</translation>
    </message>
    <message>
        <source>Make it smaller first.</source>
        <translation>请先把它缩小。</translation>
    </message>
    <message>
        <source>There is no picture in what was added.</source>
        <translation>添加的内容里没有图片。</translation>
    </message>
    <message>
        <source>Add a picture file.</source>
        <translation>请添加图片文件。</translation>
    </message>
    <message>
        <source>The picture is on the network, and Galago works offline.</source>
        <translation>图片在网络上，而 Galago 离线工作。</translation>
    </message>
    <message>
        <source>Save it to this computer and add the file.</source>
        <translation>请先保存到本机，再添加文件。</translation>
    </message>
    <message>
        <source>Adding the picture was stopped.</source>
        <translation>添加图片已停止。</translation>
    </message>
    <message>
        <source>Add it again.</source>
        <translation>请重新添加。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong with this picture.</source>
        <translation>处理这张图片时发生了意外错误。</translation>
    </message>
    <message>
        <source>Try another picture.</source>
        <translation>请换一张图片。</translation>
    </message>
    <message>
        <source>This question is too long for the model&apos;s context.</source>
        <translation>问题太长，超出了模型的上下文。</translation>
    </message>
    <message>
        <source>Shorten it, use fewer pictures, or set a longer context in the settings.</source>
        <translation>请缩短问题、减少图片，或在设置中加长上下文。</translation>
    </message>
    <message>
        <source>The model cannot answer this.</source>
        <translation>模型无法回答这个问题。</translation>
    </message>
    <message>
        <source>If it is about a picture, choose a model that comes with an mmproj file.</source>
        <translation>如果问题与图片有关，请选择带有 mmproj 文件的模型。</translation>
    </message>
    <message>
        <source>The model cannot look at this picture.</source>
        <translation>模型无法查看这张图片。</translation>
    </message>
    <message>
        <source>Try a picture that is less elongated.</source>
        <translation>请换一张不那么细长的图片。</translation>
    </message>
    <message>
        <source>The memory ran out while answering.</source>
        <translation>回答时内存不足。</translation>
    </message>
    <message>
        <source>Close other programs or set a shorter context, then ask again.</source>
        <translation>请关闭其他程序或缩短上下文，然后再问一次。</translation>
    </message>
    <message>
        <source>The computing device failed while answering.</source>
        <translation>回答时计算设备出错。</translation>
    </message>
    <message>
        <source>Load the model again, then ask again.</source>
        <translation>请重新加载模型，然后再问一次。</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>回答已停止。</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>请再问一次。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong while answering.</source>
        <translation>回答时发生了意外错误。</translation>
    </message>
    <message>
        <source>Ask again. If it happens again, please report it with the details.</source>
        <translation>请再问一次。如果再次发生，请附上详情反馈给我们。</translation>
    </message>
    <message>
        <source>Load the model again. If it fails again, start Galago with --device cpu.</source>
        <translation>请重新加载模型。如果仍然失败，请用 --device cpu 启动 Galago。</translation>
    </message>
    <message>
        <source>The connection failed.</source>
        <translation>网络连接失败。</translation>
    </message>
    <message>
        <source>Check the network and go on: what has come is kept.</source>
        <translation>请检查网络后继续：已下载的部分会保留。</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>无法写入文件。</translation>
    </message>
    <message>
        <source>Make room on the disk, or see the details, and go on.</source>
        <translation>请腾出磁盘空间或查看详情，然后继续。</translation>
    </message>
    <message>
        <source>What came is not the file that was wanted.</source>
        <translation>下载到的不是想要的文件。</translation>
    </message>
    <message>
        <source>Nothing of it was kept. Try again later.</source>
        <translation>没有保留任何内容。请稍后重试。</translation>
    </message>
    <message>
        <source>These files are not a model that Galago can run.</source>
        <translation>这些文件不是 Galago 能运行的模型。</translation>
    </message>
    <message>
        <source>Nothing of them was kept. Get another model.</source>
        <translation>没有保留任何内容。请换一个模型。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong with this download.</source>
        <translation>下载时发生了意外错误。</translation>
    </message>
    <message>
        <source>This cannot be done with this model.</source>
        <translation>不能对这个模型这样做。</translation>
    </message>
    <message>
        <source>The details say why.</source>
        <translation>原因见详情。</translation>
    </message>
    <message>
        <source>The folder of models could not be changed.</source>
        <translation>无法更改模型文件夹。</translation>
    </message>
    <message>
        <source>Check that you may write to it and that the disk is not full.</source>
        <translation>请检查是否有写入权限、磁盘是否已满。</translation>
    </message>
    <message>
        <source>The files could not be read, or the copy could not be written.</source>
        <translation>文件无法读取，或副本无法写入。</translation>
    </message>
    <message>
        <source>Check that they are still there and that the disk has room, then try again.</source>
        <translation>请检查文件是否还在、磁盘是否有空间，然后重试。</translation>
    </message>
    <message>
        <source>These files are damaged or are not what they seem.</source>
        <translation>这些文件已损坏，或与其外表不符。</translation>
    </message>
    <message>
        <source>Nothing of them was kept. Get them again.</source>
        <translation>没有保留任何内容。请重新获取。</translation>
    </message>
    <message>
        <source>This is of a kind that Galago cannot run.</source>
        <translation>Galago 无法运行这类模型。</translation>
    </message>
    <message>
        <source>Choose a MobileVLM model. The details say what is different.</source>
        <translation>请选择 MobileVLM 模型。区别见详情。</translation>
    </message>
    <message>
        <source>A model of this name is installed already.</source>
        <translation>同名模型已经安装。</translation>
    </message>
    <message>
        <source>Import it again to replace that one.</source>
        <translation>再次导入即可替换原有的模型。</translation>
    </message>
    <message>
        <source>There is not enough memory to convert this.</source>
        <translation>内存不足，无法转换。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong while importing.</source>
        <translation>导入时发生意外错误。</translation>
    </message>
    <message>
        <source>Check that there is room and that you may write there. Sticks formatted as FAT32 hold no file of 4 GB or more: use exFAT.</source>
        <translation>请检查是否有空间、是否有写入权限。FAT32 格式的 U 盘放不下 4 GB 及以上的文件：请改用 exFAT。</translation>
    </message>
    <message>
        <source>The model is damaged, so that it was not exported.</source>
        <translation>模型已损坏，因此没有导出。</translation>
    </message>
    <message>
        <source>Check its files and repair it first.</source>
        <translation>请先检查它的文件并修复。</translation>
    </message>
    <message>
        <source>This model cannot be exported.</source>
        <translation>无法导出这个模型。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong while exporting.</source>
        <translation>导出时发生意外错误。</translation>
    </message>
    <message>
        <source>This folder cannot be used for models as it is.</source>
        <translation>这个文件夹不能用来存放模型。</translation>
    </message>
    <message>
        <source>Choose another one. The details say why.</source>
        <translation>请选择别的文件夹。原因见详情。</translation>
    </message>
    <message>
        <source>Check that you may write to it and that the disk is not full. No model was lost.</source>
        <translation>请检查是否有写入权限、磁盘是否已满。没有丢失任何模型。</translation>
    </message>
    <message>
        <source>A picture of this chat can no longer be read.</source>
        <translation>这个对话中的一张图片已无法读取。</translation>
    </message>
    <message>
        <source>Edit its question and add the picture again, or begin a new chat.</source>
        <translation>请编辑那个问题并重新添加图片，或者开始新对话。</translation>
    </message>
    <message>
        <source>The file of your chats is damaged: what is said now is not kept.</source>
        <translation>对话文件已损坏：现在的对话不会保存。</translation>
    </message>
    <message>
        <source>Begin a new one: the damaged file stays beside it under another name.</source>
        <translation>请新建一个文件：损坏的文件会改名保留在旁边。</translation>
    </message>
    <message>
        <source>Your chats were written by a newer Galago: what is said now is not kept.</source>
        <translation>您的对话由更新版本的 Galago 写入：现在的对话不会保存。</translation>
    </message>
    <message>
        <source>Use that version to see them. They are left as they are.</source>
        <translation>请用那个版本查看。它们会原样保留。</translation>
    </message>
    <message>
        <source>Chats cannot be kept at the moment. You can go on asking.</source>
        <translation>目前无法保存对话。您可以继续提问。</translation>
    </message>
    <message>
        <source>Make room on the disk, check that you may write to the folder of the details, and try again: this chat is then kept whole.</source>
        <translation>请腾出磁盘空间，检查是否可以写入详细信息中的文件夹，然后重试：这个对话会完整保存。</translation>
    </message>
</context>
<context>
    <name>ExportNews</name>
    <message>
        <source>Writing %1, %2</source>
        <translation>正在写入 %1，%2</translation>
    </message>
    <message>
        <source>%1 is written.</source>
        <translation>%1 已写好。</translation>
    </message>
    <message>
        <source>Every file is checked on the way. What is stopped leaves nothing.</source>
        <translation>写入时会检查每个文件。中途停止不会留下任何内容。</translation>
    </message>
    <message>
        <source>On the other machine, drop it on Galago&apos;s window. Eject a stick before you pull it out.</source>
        <translation>在另一台电脑上，把它拖到 Galago 的窗口即可。拔出 U 盘前请先弹出。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop writing %1</source>
        <translation>停止写入 %1</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open the folder of %1</source>
        <translation>打开 %1 的文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Choose a folder for models</source>
        <translation>选择存放模型的文件夹</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Named by GALAGO_MODELS in the environment, which counts more than a choice here.</source>
        <translation>由环境变量 GALAGO_MODELS 指定，优先于这里的选择。</translation>
    </message>
    <message>
        <source>Models are on their way into it: pause or finish that before you choose another.</source>
        <translation>正在往里放模型：请先暂停或完成，再选择别的文件夹。</translation>
    </message>
    <message>
        <source>Downloads and imports go there. galago-cli uses it as well.</source>
        <translation>下载和导入的模型放在这里，galago-cli 也使用它。</translation>
    </message>
    <message>
        <source>Downloads and imports go there; %1 are free. galago-cli uses it as well.</source>
        <translation>下载和导入的模型放在这里，还剩 %1。galago-cli 也使用它。</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) are in the old folder. Move them?</source>
        <translation>
            <numerusform>原文件夹里有 %n 个模型。要移动它们吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>They take %1. Left where they are, they can still be used; new ones go to %2.</source>
        <translation>它们占用 %1。留在原处仍可使用；新模型放到 %2。</translation>
    </message>
    <message>
        <source>They take %1; %2 are free in %3. Left where they are, they can still be used; new ones go to the new folder.</source>
        <translation>它们占用 %1；%3 还剩 %2。留在原处仍可使用；新模型放到新文件夹。</translation>
    </message>
    <message>
        <source>Move them</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Leave them there</source>
        <translation>留在原处</translation>
    </message>
    <message>
        <source>Keep the old folder</source>
        <translation>继续用原文件夹</translation>
    </message>
    <message>
        <source>Moving models</source>
        <translation>正在移动模型</translation>
    </message>
    <message>
        <source>Moving models, %1. What is stopped is continued by choosing the folder again; nothing is lost.</source>
        <translation>正在移动模型，%1。停止后再次选择该文件夹即可继续，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Use this folder</source>
        <translation>使用这个文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Back to the usual folder</source>
        <translation>恢复默认文件夹</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop moving models</source>
        <translation>停止移动模型</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>大约还剩 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>大约还剩 %n 分钟</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Sample pictures</source>
        <translation>示例图片</translation>
    </message>
</context>
<context>
    <name>HistoryNews</name>
    <message>
        <source>Begin a new file</source>
        <translation>新建文件</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The file of your chats was damaged, and a new one was begun</source>
        <translation>对话文件已损坏，已新建一个</translation>
    </message>
    <message>
        <source>The damaged file is kept as %1, with its pictures beside it.</source>
        <translation>损坏的文件保留为 %1，图片在它旁边。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Search in chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>New chat (Ctrl+N)</source>
        <translation>新对话 (Ctrl+N)</translation>
    </message>
    <message>
        <source>No chat has “%1” in it.</source>
        <translation>没有包含“%1”的对话。</translation>
    </message>
    <message>
        <source>Your chats will be here. They stay on this machine.</source>
        <translation>您的对话会显示在这里。它们只留在本机。</translation>
    </message>
    <message>
        <source>Chats are not kept.</source>
        <translation>不保存对话。</translation>
    </message>
    <message>
        <source>Show all chats</source>
        <translation>显示全部对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>%1, pinned</source>
        <translation>%1，已置顶</translation>
    </message>
    <message>
        <source>What can be done with “%1”</source>
        <translation>“%1”的操作</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Looking into it…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Import all %1</source>
        <translation>全部导入（%1 个）</translation>
    </message>
</context>
<context>
    <name>ImportRow</name>
    <message>
        <source>Pair of GGUF files</source>
        <translation>一对 GGUF 文件</translation>
    </message>
    <message>
        <source>Original checkpoint</source>
        <translation>原始检查点</translation>
    </message>
    <message>
        <source>LoRA adapter</source>
        <translation>LoRA 适配器</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>模型包</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>合集</translation>
    </message>
    <message>
        <source>takes %1</source>
        <translation>占用 %1</translation>
    </message>
    <message>
        <source>Waits for its turn…</source>
        <translation>排队等待…</translation>
    </message>
    <message>
        <source>Converting, %1</source>
        <translation>正在转换，%1</translation>
    </message>
    <message>
        <source>Copying and checking, %1</source>
        <translation>正在复制和检查，%1</translation>
    </message>
    <message>
        <source>Imported as %1.</source>
        <translation>已导入为 %1。</translation>
    </message>
    <message>
        <source>Holds %1.</source>
        <translation>包含 %1。</translation>
    </message>
    <message>
        <source>%1 is installed already: importing this replaces it.</source>
        <translation>%1 已经安装：导入会替换它。</translation>
    </message>
    <message>
        <source>Models of these names are installed already: importing this replaces them.</source>
        <translation>同名模型已经安装：导入会替换它们。</translation>
    </message>
    <message>
        <source>This adapter changes another model, “%1”. Choose the folder of that model.</source>
        <translation>这个适配器用来改动另一个模型“%1”。请选择那个模型的文件夹。</translation>
    </message>
    <message>
        <source>This model sees through “%1”, which is not beside it. Choose the folder of that vision tower.</source>
        <translation>这个模型通过“%1”看图，但它不在旁边。请选择这个视觉塔的文件夹。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Smaller is faster and needs less memory; larger is closer to the original. q4_K_M suits most.</source>
        <translation>越小越快、越省内存；越大越接近原模型。q4_K_M 适合大多数情况。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Take its settings</source>
        <translation>采用它的设置</translation>
    </message>
    <message>
        <source>In place of those of this machine. What belongs to the processor stays.</source>
        <translation>代替本机的设置。与处理器有关的设置不变。</translation>
    </message>
    <message>
        <source>Take its sample pictures</source>
        <translation>采用它的示例图片</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Replace with %1</source>
        <translation>用 %1 替换</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose the folder of %1</source>
        <translation>选择 %1 的文件夹</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try again to import %1</source>
        <translation>重试导入 %1</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use without importing</source>
        <translation>不导入，直接使用</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Use %1 from where it is</source>
        <translation>直接使用原处的 %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop importing %1</source>
        <translation>停止导入 %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Close the news of %1</source>
        <translation>关闭 %1 的消息</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>不导入 %1</translation>
    </message>
</context>
<context>
    <name>ImportText</name>
    <message>
        <source>There is no model here.</source>
        <translation>这里没有模型。</translation>
    </message>
    <message>
        <source>Galago takes a pair of GGUF files, a pack (.galago), and the folder of an original checkpoint or of a LoRA adapter.</source>
        <translation>Galago 接受一对 GGUF 文件、模型包（.galago），以及原始检查点或 LoRA 适配器的文件夹。</translation>
    </message>
    <message>
        <source>This is half a model: the language model without its eyes.</source>
        <translation>这是半个模型：有语言模型，没有“眼睛”。</translation>
    </message>
    <message>
        <source>The file with “mmproj” in its name is missing. Get it where this one came from and drop both files together.</source>
        <translation>缺少文件名里带 mmproj 的文件。请从同一来源获取它，再把两个文件一起拖进来。</translation>
    </message>
    <message>
        <source>This is half a model: the eyes (mmproj) without the language model.</source>
        <translation>这是半个模型：有“眼睛”（mmproj），没有语言模型。</translation>
    </message>
    <message>
        <source>Get the other GGUF file where this one came from and drop both files together.</source>
        <translation>请从同一来源获取另一个 GGUF 文件，再把两个文件一起拖进来。</translation>
    </message>
    <message>
        <source>These two files do not belong together, or are not MobileVLM.</source>
        <translation>这两个文件不配套，或者不是 MobileVLM。</translation>
    </message>
    <message>
        <source>Take both files from the same place and drop them together. The details say what differs.</source>
        <translation>请从同一来源获取两个文件并一起拖进来。区别见详情。</translation>
    </message>
    <message>
        <source>Several mmproj files could belong to this model.</source>
        <translation>有几个 mmproj 文件都可能属于这个模型。</translation>
    </message>
    <message>
        <source>Drop the model together with the one that belongs to it.</source>
        <translation>请把模型和属于它的那个文件一起拖进来。</translation>
    </message>
    <message>
        <source>This is a vision tower (CLIP), a part that some models need.</source>
        <translation>这是视觉塔（CLIP），是某些模型需要的一部分。</translation>
    </message>
    <message>
        <source>Drop it together with the folder of the model.</source>
        <translation>请把它和模型的文件夹一起拖进来。</translation>
    </message>
    <message>
        <source>This file is damaged or may not be read.</source>
        <translation>这个文件已损坏，或没有读取权限。</translation>
    </message>
    <message>
        <source>Check that you may read it, or get it again.</source>
        <translation>请检查是否有读取权限，或重新获取。</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Picture and figures</source>
        <translation>图片和数据</translation>
    </message>
    <message>
        <source>The picture as the model sees it</source>
        <translation>模型看到的图片</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>As the model sees it</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>How the picture is shown</source>
        <translation>图片的显示方式</translation>
    </message>
    <message>
        <source>This answer</source>
        <translation>本次回答</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>known</source>
        <translation>已编码</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>首个词元用时</translation>
    </message>
    <message>
        <source>Tokens answered</source>
        <translation>回答的词元数</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Of the picture</source>
        <translation>其中图片</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept from before</source>
        <translation>沿用之前的</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>Loaded in</source>
        <translation>加载用时</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>%1 × %1 pixels, padded to a square: small print is lost on the model.</source>
        <translation>%1 × %1 像素，补成正方形：模型看不清小字。</translation>
    </message>
    <message>
        <source>Show the picture large</source>
        <translation>放大查看图片</translation>
    </message>
</context>
<context>
    <name>KeyGroup</name>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Everywhere</source>
        <translation>任何地方</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Paste a picture, or text</source>
        <translation>粘贴图片或文字</translation>
    </message>
    <message>
        <source>Stop the answer; back to the chat</source>
        <translation>停止回答；回到对话</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>The page of models</source>
        <translation>模型页面</translation>
    </message>
    <message>
        <source>Models side by side</source>
        <translation>并排比较模型</translation>
    </message>
    <message>
        <source>The stage</source>
        <translation>舞台</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The list of chats</source>
        <translation>对话列表</translation>
    </message>
    <message>
        <source>Search the chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Picture and figures</source>
        <translation>图片与数据</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>这张按键表</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Question and conversation</source>
        <translation>提问与对话</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>发送问题</translation>
    </message>
    <message>
        <source>Begin a new line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Scroll the conversation</source>
        <translation>滚动对话</translation>
    </message>
    <message>
        <source>Scroll by a page</source>
        <translation>翻页滚动</translation>
    </message>
    <message>
        <source>To the next control, the one before</source>
        <translation>到下一个控件、上一个控件</translation>
    </message>
    <message>
        <source>Press the button in focus</source>
        <translation>按下当前聚焦的按钮</translation>
    </message>
    <message>
        <source>A picture, large</source>
        <translation>放大的图片</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>To the left</source>
        <translation>向左</translation>
    </message>
    <message>
        <source>To the right</source>
        <translation>向右</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>向上</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>向下</translation>
    </message>
    <message>
        <source>As the model sees it, or whole</source>
        <translation>在“模型看到的”与“整张”之间切换</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Page up</source>
        <translation>Page Up</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>Page Down</translation>
    </message>
    <message>
        <source>Larger words</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller words</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Words as large as usual</source>
        <translation>文字恢复默认大小</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LibraryRow</name>
    <message>
        <source>fits into the memory (needs %1)</source>
        <translation>内存放得下（需要 %1）</translation>
    </message>
    <message>
        <source>tight in the memory (needs %1)</source>
        <translation>内存勉强够（需要 %1）</translation>
    </message>
    <message>
        <source>won&apos;t fit into the memory (needs %1)</source>
        <translation>内存放不下（需要 %1）</translation>
    </message>
    <message>
        <source>won&apos;t fit into the memory (needs %1): try %2</source>
        <translation>内存放不下（需要 %1）：请试试 %2</translation>
    </message>
    <message>
        <source>needs %1 of memory</source>
        <translation>需要 %1 内存</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Moving into place…</source>
        <translation>正在移到位…</translation>
    </message>
    <message>
        <source>The connection was lost. Trying again…</source>
        <translation>连接中断，正在重试…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Paused, %1</source>
        <translation>已暂停，%1</translation>
    </message>
    <message>
        <source>%1, %2 a second</source>
        <translation>%1，每秒 %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>许可证：%1</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Folder: %1</source>
        <translation>文件夹：%1</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Of another program</source>
        <translation>属于其他程序</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>正在检查 %1</translation>
    </message>
    <message>
        <source>Reading every byte…</source>
        <translation>正在逐字节读取…</translation>
    </message>
    <message>
        <source>All files are whole.</source>
        <translation>所有文件都完好。</translation>
    </message>
    <message>
        <source>Damaged: %1</source>
        <translation>已损坏：%1</translation>
    </message>
    <message>
        <source>Damaged: %1. Where it came from is not known: get it again and replace it.</source>
        <translation>已损坏：%1。来源未知：请重新获取并替换。</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Repair %1</source>
        <translation>修复 %1</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>下载 %1</translation>
    </message>
    <message>
        <source>Go on downloading %1</source>
        <translation>继续下载 %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause downloading %1</source>
        <translation>暂停下载 %1</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Discard what has come of %1</source>
        <translation>放弃 %1 已下载的部分</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Check the files of %1</source>
        <translation>检查 %1 的文件</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止检查</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open the folder of %1</source>
        <translation>打开 %1 的文件夹</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>收起详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Hide details of %1</source>
        <translation>收起 %1 的详情</translation>
    </message>
    <message>
        <source>Details of %1</source>
        <translation>%1 的详情</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message numerus="yes">
        <source>Measured here: %1 in the latest answer (%2, %n thread(s)).</source>
        <translation>
            <numerusform>本机实测：最近一次回答 %1（%2，%n 个线程）。</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>%1 here</source>
        <translation>本机 %1</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licence of %1</source>
        <translation>%1 的许可证</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export %1 as one file</source>
        <translation>把 %1 导出为一个文件</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Take %1 off this list</source>
        <translation>把 %1 从列表移除</translation>
    </message>
</context>
<context>
    <name>LicenceSheet</name>
    <message>
        <source>Download %1?</source>
        <translation>下载 %1？</translation>
    </message>
    <message>
        <source>Licence of %1</source>
        <translation>%1 的许可证</translation>
    </message>
    <message>
        <source>%1 come over the network.</source>
        <translation>将通过网络下载 %1。</translation>
    </message>
    <message>
        <source>Its publisher states this licence: %1.</source>
        <translation>发布者声明的许可证：%1。</translation>
    </message>
    <message>
        <source>Its publisher states these terms:</source>
        <translation>发布者声明的条款：</translation>
    </message>
    <message>
        <source>Under which licence it is published is not known. Ask its publisher before you use it for more than trying it out.</source>
        <translation>它以何种许可证发布尚不清楚。若不只是试用，请先询问发布者。</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Its page on the web</source>
        <translation>它的网页</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Galago</source>
        <translation>%1 – Galago</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>图片 (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>GGUF models (%1)</source>
        <translation>GGUF 模型 (%1)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>展台</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>回答已停止。</translation>
    </message>
    <message>
        <source>Galago answered: %1</source>
        <translation>Galago 回答：%1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation>对话内容</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到末尾</translation>
    </message>
</context>
<context>
    <name>ModelChooser</name>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>No models are installed</source>
        <translation>没有已安装的模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Stop loading %1</source>
        <translation>停止加载 %1</translation>
    </message>
    <message>
        <source>Open a GGUF file…</source>
        <translation>打开 GGUF 文件…</translation>
    </message>
    <message>
        <source>For photographs, download a MobileVLM model, put one (two GGUF files) into %1, or open it here.</source>
        <translation>要看照片，请下载一个 MobileVLM 模型，或把模型（两个 GGUF 文件）放入 %1，也可以在这里打开。</translation>
    </message>
    <message>
        <source>Download and manage models…</source>
        <translation>下载和管理模型…</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>without eyes: answers text only</source>
        <translation>没有视觉部分：只能回答文字</translation>
    </message>
    <message>
        <source>Knows simple drawings: shapes, colours, digits and everyday things as icons or emoji. Often wrong in counting and positions, cannot read words, does not understand photographs. English and Chinese.</source>
        <translation>认识简单的图画：形状、颜色、数字，以及图标或表情里的日常事物。计数和位置常常出错，不认字，看不懂照片。会中文和英文。</translation>
    </message>
    <message>
        <source>%1, demonstration model, %2</source>
        <translation>%1，演示模型，%2</translation>
    </message>
    <message>
        <source>Demonstration model</source>
        <translation>演示模型</translation>
    </message>
</context>
<context>
    <name>ModelsScreen</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>已移除 %1。</translation>
    </message>
    <message>
        <source>%1 and others were removed.</source>
        <translation>已移除 %1 等模型。</translation>
    </message>
    <message>
        <source>Still takes %1 on the disk; deleted for good a week after it was removed.</source>
        <translation>仍占用磁盘 %1；移除一周后彻底删除。</translation>
    </message>
    <message>
        <source>Put back %1</source>
        <translation>恢复 %1</translation>
    </message>
    <message>
        <source>Delete for good now</source>
        <translation>立即彻底删除</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be used as a model.</source>
        <translation>
            <numerusform>有 %n 个文件不能作为模型使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>本机模型</translation>
    </message>
    <message>
        <source>Downloaded models take %1 on the disk.</source>
        <translation>已下载的模型占用磁盘 %1。</translation>
    </message>
    <message>
        <source>Downloaded models take %1 on the disk, %2 are free.</source>
        <translation>已下载的模型占用磁盘 %1，还剩 %2。</translation>
    </message>
    <message>
        <source>%1 Free memory: %2.</source>
        <translation>%1可用内存：%2。</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>Available to download</source>
        <translation>可下载</translation>
    </message>
    <message>
        <source>Everything that Galago knows of is installed.</source>
        <translation>Galago 知道的模型都已安装。</translation>
    </message>
    <message>
        <source>Published by their makers, over the network. What has come is kept when you pause or the connection breaks, and a model appears only when all of it is whole.</source>
        <translation>由发布者提供，通过网络下载。暂停或断线时，已下载的部分会保留；全部完好后模型才会出现。</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Packs (%1)</source>
        <translation>模型包 (%1)</translation>
    </message>
    <message>
        <source>No models are installed. Download one below, drop one here, or put a folder with both GGUF files into %1.</source>
        <translation>没有已安装的模型。请在下方下载、拖到这里，或把含有两个 GGUF 文件的文件夹放入 %1。</translation>
    </message>
</context>
<context>
    <name>NameLine</name>
    <message>
        <source>Name of the chat</source>
        <translation>对话的名称</translation>
    </message>
    <message>
        <source>by its first question</source>
        <translation>以第一个问题命名</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>展台</translation>
    </message>
</context>
<context>
    <name>PhaseBar</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>PhaseText</name>
    <message>
        <source>no model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>model not loaded</source>
        <translation>模型未加载</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>encoding the picture</source>
        <translation>正在编码图片</translation>
    </message>
    <message>
        <source>reading the prompt</source>
        <translation>正在读取提示</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Looking at the picture…</source>
        <translation>正在看图片…</translation>
    </message>
    <message>
        <source>Reading the question…</source>
        <translation>正在读问题…</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Waiting for a model…</source>
        <translation>正在等待模型…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
</context>
<context>
    <name>PictureThumb</name>
    <message>
        <source>Picture of this question</source>
        <translation>这个问题的图片</translation>
    </message>
    <message>
        <source>Show the picture large</source>
        <translation>放大查看图片</translation>
    </message>
</context>
<context>
    <name>PictureViewer</name>
    <message>
        <source>The picture, large</source>
        <translation>放大的图片</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>整张</translation>
    </message>
    <message>
        <source>As the model sees it</source>
        <translation>模型看到的</translation>
    </message>
    <message>
        <source>How the picture is shown</source>
        <translation>图片的显示方式</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The picture as the model sees it</source>
        <translation>模型看到的图片</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>这张图片无法显示。</translation>
    </message>
    <message>
        <source>%1 × %1 pixels, padded to a square: small print is lost on the model.</source>
        <translation>%1 × %1 像素，补成正方形：小字模型看不清。</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>%1: show the whole picture</source>
        <translation>%1：显示整张图片</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
</context>
<context>
    <name>PresetCard</name>
    <message>
        <source>Questions to touch</source>
        <translation>一键提问</translation>
    </message>
    <message>
        <source>They are offered above the prompt when there is a picture, in this order.</source>
        <translation>有图片时，这些问题按此顺序显示在输入框上方。</translation>
    </message>
    <message>
        <source>Another question</source>
        <translation>新的问题</translation>
    </message>
    <message>
        <source>Another question…</source>
        <translation>新的问题…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Eight are the most that are offered.</source>
        <translation>最多显示八个问题。</translation>
    </message>
    <message>
        <source>Those of Galago</source>
        <translation>恢复 Galago 的问题</translation>
    </message>
</context>
<context>
    <name>PresetRow</name>
    <message>
        <source>Question %1</source>
        <translation>问题 %1</translation>
    </message>
    <message>
        <source>Question %1: up</source>
        <translation>问题 %1：上移</translation>
    </message>
    <message>
        <source>Question %1: down</source>
        <translation>问题 %1：下移</translation>
    </message>
    <message>
        <source>Question %1: remove</source>
        <translation>问题 %1：删除</translation>
    </message>
</context>
<context>
    <name>PromptBar</name>
    <message>
        <source>Ask about the picture…</source>
        <translation>就这张图片提问…</translation>
    </message>
    <message>
        <source>Ask, or drop a picture here…</source>
        <translation>提问，或把图片拖到这里…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Add a picture (%1)</source>
        <translation>添加图片（%1）</translation>
    </message>
    <message>
        <source>Stop (%1)</source>
        <translation>停止（%1）</translation>
    </message>
    <message>
        <source>Send (%1)</source>
        <translation>发送（%1）</translation>
    </message>
    <message>
        <source>Camera (%1)</source>
        <translation>摄像头（%1）</translation>
    </message>
</context>
<context>
    <name>QuestionBubble</name>
    <message>
        <source>You asked: %1</source>
        <translation>你问：%1</translation>
    </message>
    <message>
        <source>Edit this question</source>
        <translation>编辑这个问题</translation>
    </message>
</context>
<context>
    <name>QuestionSizeNote</name>
    <message numerus="yes">
        <source>This question with %n picture(s) takes about %1 of the %2 tokens that are left.</source>
        <translation>
            <numerusform>这个问题连同 %n 张图片约占 %1 个词元，剩余 %2 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>This question takes about %1 of the %2 tokens that are left.</source>
        <translation>这个问题约占 %1 个词元，剩余 %2 个。</translation>
    </message>
    <message>
        <source>This question does not fit</source>
        <translation>这个问题放不下</translation>
    </message>
    <message>
        <source>It takes about %1 tokens, and the context holds %2.</source>
        <translation>它约占 %1 个词元，而上下文只有 %2 个。</translation>
    </message>
    <message>
        <source>Take a picture away, or load the model with a longer context.</source>
        <translation>请移除一张图片，或用更长的上下文加载模型。</translation>
    </message>
    <message>
        <source>Shorten it, begin a new chat without the pictures of this one, or load the model with a longer context.</source>
        <translation>请缩短问题，或开始不带这些图片的新对话，或用更长的上下文加载模型。</translation>
    </message>
    <message>
        <source>Shorten it, or load the model with a longer context.</source>
        <translation>请缩短问题，或用更长的上下文加载模型。</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Longer context…</source>
        <translation>更长的上下文…</translation>
    </message>
</context>
<context>
    <name>RateChart</name>
    <message>
        <source>Tokens per second over the answer, at most %1</source>
        <translation>回答过程中每秒的词元数，最高 %1</translation>
    </message>
</context>
<context>
    <name>RemovedNews</name>
    <message>
        <source>“%1” is deleted</source>
        <translation>已删除“%1”</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>已删除 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>For good when Galago is closed.</source>
        <translation>关闭 Galago 后彻底删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Sample picture: %1</source>
        <translation>示例图片：%1</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>不使用滑动和淡入淡出。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Not in use yet</source>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message numerus="yes">
        <source>This machine has %n processor(s). Automatic uses one per core.</source>
        <translation>
            <numerusform>本机有 %n 个处理器。“自动”为每个核心使用一个线程。</numerusform>
        </translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>In tokens. This model was made for %1; a longer context takes more memory and may answer worse.</source>
        <translation>以词元计。这个模型按 %1 训练；更长的上下文占用更多内存，回答也可能变差。</translation>
    </message>
    <message>
        <source>In tokens. A longer context takes more memory.</source>
        <translation>以词元计。更长的上下文占用更多内存。</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 always takes the likeliest word; higher is more varied and less reliable.</source>
        <translation>0 总是取最可能的词；越高越多样，也越不可靠。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Leaves out the unlikely words beyond this share; 1 leaves out none.</source>
        <translation>舍去超出这一概率份额的词；1 表示不舍去。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>回答长度上限</translation>
    </message>
    <message>
        <source>In tokens; a word is about one and a half.</source>
        <translation>以词元计；一个英文单词约合一个半词元。</translation>
    </message>
    <message>
        <source>Repeatable answers</source>
        <translation>回答可重复</translation>
    </message>
    <message>
        <source>The same question about the same picture gets the same answer.</source>
        <translation>对同一张图片提同样的问题，得到同样的回答。</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Told to the model before every chat; empty uses its own.</source>
        <translation>每次对话前告诉模型；留空则使用模型自带的。</translation>
    </message>
    <message>
        <source>For example: Answer in one sentence. Say so when you are not sure.</source>
        <translation>例如：用一句话回答。没有把握时请说明。</translation>
    </message>
    <message>
        <source>Galago %1. Nothing you show or ask leaves this machine. Answers can be wrong.</source>
        <translation>Galago %1。你展示和询问的一切都不会离开本机。回答可能有误。</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认设置</translation>
    </message>
    <message>
        <source>Remember pictures</source>
        <translation>记住图片</translation>
    </message>
    <message>
        <source>A picture seen before needs no second look, also after a restart. Kept on this machine, 256 MB at most; switching it off deletes them.</source>
        <translation>看过的图片不必再看一遍，重启后也一样。只存在本机，最多 256 MB；关闭时会删除。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Keep chats</source>
        <translation>保存对话</translation>
    </message>
    <message>
        <source>Questions, answers and pictures stay on this machine, and are there again after a restart. Switched off, nothing more is written; what is kept stays until you delete it.</source>
        <translation>问题、回答和图片只留在本机，重新启动后仍然可用。关闭后不再写入新内容；已保存的会保留到您删除为止。</translation>
    </message>
    <message>
        <source>Delete all chats</source>
        <translation>删除全部对话</translation>
    </message>
    <message>
        <source>With their pictures. Until Galago is closed you can have them back.</source>
        <translation>连同图片一起删除。关闭 Galago 之前都可以恢复。</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Everything can be done by keys. %1 shows them, wherever you are.</source>
        <translation>一切都可以用键盘完成。随时按 %1 查看按键。</translation>
    </message>
    <message>
        <source>Show keys</source>
        <translation>查看按键</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Black and white, strong colours and thick focus rings.</source>
        <translation>黑白界面、鲜明的颜色和更粗的焦点框。</translation>
    </message>
    <message>
        <source>Size of words</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>%1 and %2 do the same.</source>
        <translation>也可以按 %1 和 %2。</translation>
    </message>
    <message>
        <source>Device, threads and context take effect when the model is loaded again.</source>
        <translation>设备、线程数和上下文长度在重新加载模型后生效。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Automatic measures once, in two seconds, where a model answers first.</source>
        <translation>“自动”会用两秒测量一次，选出回答最快的设备。</translation>
    </message>
    <message>
        <source>In use: %1 (%2). Automatic measures once, in two seconds, where a model answers first.</source>
        <translation>正在使用：%1（%2）。“自动”会用两秒测量一次，选出回答最快的设备。</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
</context>
<context>
    <name>SpeedFigures</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Answer, last 2 s</source>
        <translation>回答，最近 2 秒</translation>
    </message>
    <message>
        <source>Answer, on average</source>
        <translation>回答，平均</translation>
    </message>
    <message>
        <source>Memory of Galago</source>
        <translation>Galago 的内存</translation>
    </message>
    <message>
        <source>Processor load</source>
        <translation>处理器负载</translation>
    </message>
    <message>
        <source>GPU load</source>
        <translation>GPU 负载</translation>
    </message>
    <message>
        <source>Processor clock</source>
        <translation>处理器频率</translation>
    </message>
    <message>
        <source>%1 MHz</source>
        <translation>%1 MHz</translation>
    </message>
    <message>
        <source>GPU clock</source>
        <translation>GPU 频率</translation>
    </message>
    <message>
        <source>Power of the board</source>
        <translation>整板功率</translation>
    </message>
    <message>
        <source>%1 W</source>
        <translation>%1 W</translation>
    </message>
    <message>
        <source>Answer for its energy</source>
        <translation>回答的能效</translation>
    </message>
    <message>
        <source>%1 tokens/J</source>
        <translation>%1 词元/焦耳</translation>
    </message>
    <message>
        <source>Hottest place</source>
        <translation>最热处</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>Slowed down now, by heat or supply</source>
        <translation>目前因过热或供电而降速</translation>
    </message>
</context>
<context>
    <name>StageScreen</name>
    <message>
        <source>Stage</source>
        <translation>展台</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Ask something in the chat: the answer is shown here.</source>
        <translation>在对话中提问，回答会显示在这里。</translation>
    </message>
    <message>
        <source>No speed yet</source>
        <translation>还没有速度</translation>
    </message>
    <message>
        <source>tokens/s, the answer&apos;s last 2 seconds</source>
        <translation>词元/秒，回答的最近 2 秒</translation>
    </message>
    <message>
        <source>tokens/s, the answer on average</source>
        <translation>词元/秒，回答的平均值</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n thread(s)</source>
        <translation>
            <numerusform>%1，%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>first token %1</source>
        <translation>首个词元 %1</translation>
    </message>
    <message>
        <source>answer %1</source>
        <translation>回答 %1</translation>
    </message>
    <message>
        <source>context %1 of %2</source>
        <translation>上下文 %1 / %2</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Loading %1…</source>
        <translation>正在加载 %1…</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Model: %1, demonstration model</source>
        <translation>模型：%1，演示模型</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Hide the chats (F8)</source>
        <translation>隐藏对话列表 (F8)</translation>
    </message>
    <message>
        <source>Show the chats (F8)</source>
        <translation>显示对话列表 (F8)</translation>
    </message>
    <message>
        <source>Hide picture and figures (%1)</source>
        <translation>隐藏图片与数据（%1）</translation>
    </message>
    <message>
        <source>Show picture and figures (%1)</source>
        <translation>显示图片与数据（%1）</translation>
    </message>
</context>
<context>
    <name>ValueSlider</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Galago needs a model first</source>
        <translation>Galago 需要先有一个模型</translation>
    </message>
    <message>
        <source>The model is not loaded</source>
        <translation>模型没有加载</translation>
    </message>
    <message>
        <source>What is in your picture?</source>
        <translation>你的图片里有什么？</translation>
    </message>
    <message>
        <source>A MobileVLM model is two GGUF files in one folder: the language model, and its eyes (a file with “mmproj” in its name).</source>
        <translation>MobileVLM 模型是同一个文件夹里的两个 GGUF 文件：语言模型，以及它的“眼睛”（文件名里带 mmproj）。</translation>
    </message>
    <message>
        <source>Ask about it below. Everything is computed on this machine.</source>
        <translation>在下方提问吧。一切都在本机计算。</translation>
    </message>
    <message>
        <source>Drop a picture, or try one of these. Everything is computed on this machine.</source>
        <translation>拖入一张图片，或试试下面的例子。一切都在本机计算。</translation>
    </message>
    <message>
        <source>Open a GGUF file…</source>
        <translation>打开 GGUF 文件…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Load it anyway</source>
        <translation>仍然加载</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Models in this folder are found by themselves:</source>
        <translation>放在这个文件夹里的模型会自动找到：</translation>
    </message>
    <message>
        <source>Drop a picture. Everything is computed on this machine.</source>
        <translation>拖入一张图片。一切都在本机计算。</translation>
    </message>
    <message>
        <source>Use a model for photographs…</source>
        <translation>换用能看照片的模型…</translation>
    </message>
</context>
<context>
    <name>galago::ui::AttachmentListModel</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>galago::ui::CompareViewModel</name>
    <message>
        <source>This cannot be compared.</source>
        <translation>无法进行比较。</translation>
    </message>
</context>
<context>
    <name>galago::ui::PresetListModel</name>
    <message>
        <source>Describe this picture.</source>
        <translation>描述这张图片。</translation>
    </message>
    <message>
        <source>What stands out in it?</source>
        <translation>图中最显眼的是什么？</translation>
    </message>
    <message>
        <source>Is there any text in it?</source>
        <translation>图中有文字吗？</translation>
    </message>
</context>
<context>
    <name>galago::ui::DeviceList</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>%1 (not found)</source>
        <translation>%1（未找到）</translation>
    </message>
</context>
<context>
    <name>galago::ui::ModelViewModel</name>
    <message>
        <source>as asked for</source>
        <translation>按要求选择</translation>
    </message>
</context>
</TS>
