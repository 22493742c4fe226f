"""The titles, occupations and departments that are not said in a page (B12), as data.

Chinese is in simplified characters; `folded` brings names in traditional ones to them, character by character.
"""

from __future__ import annotations

TITLES = """
董事长 副董事长 董事 总裁 副总裁 总经理 副总经理 副总 总监 副总监 总管 总长 总助 总厨 首席执行官 执行长
营运长 财务长 经理 副经理 襄理 协理 经理人 经纪人 店经理 店长 副店长 代店长 主任 副主任 主管 副主管 主办 主席 主厨
主理人 领班 副领班 领队 督导 督察 稽核 巡检 部长 副部长 科长 副科长 课长 副课长 股长 处长 副处长 组长 副组长 班长
副班长 队长 副队长 室长 所长 站长 馆长 院长 校长 厂长 会长 理事长 理事 秘书长 行长 社长 柜长 柜组长 楼长 区长 台长
团长 仓长 负责人 管理员 管理师 专员 专案 文员 干事 科员 课员 组员 职员 店员 员工 雇员 董秘 书记 老板 老板娘 老总
秘书 助理 特助 会计 会计师 出纳 采购 采购员 保安 保安员 警卫 保洁 保洁员 清洁工 清洁员 司机 驾驶员 搬运工 仓管
仓管员 库管 电工 水电工 维修工 维修员 工程师 技师 技术员 设计师 美工 厨师 厨师长 收银员 收银 营业员 售货员 导购
导购员 促销员 理货员 防损员 服务员 服务生 接待员 接待 前台 总机 播音员 广播员 客服 客服员 讲师 培训师 顾问 律师 医生
医师 大夫 护士 药师 教授 老师 师傅 教练 博士 警官 长官 同事 实习生 工读生 临时工 小时工 值班人员 工作人员
"""

# What may stand before a title and belongs to it.
RANKS = """
副 代 代理 助理 资深 高级 大堂 值班 当班 楼层 区域 部门 客户 行政 执行 常务 名誉 首席 实习 见习 特别 前任 现任 前厅
卖场 门店 分店 总店 专柜
"""

# Forms of address that the page adds by itself.
ADDRESSES = "先生 小姐 女士 太太 夫人 同志 姑娘 师母 阁下"

# How some type the call that the page begins with.
CALLS = "来宾 本公司 顾客 客人 贵宾"

DEPARTMENTS = """
人事 财务 会计 企划 采购 营业 营运 运营 客服 客户服务 保安 安保 安全 总务 行政 后勤 工程 设备 信息 资讯 电脑 网络
市场 营销 行销 销售 推广 广告 美工 美术 商品 物流 仓储 仓库 配送 收货 验货 退货 收银 播音 广播 存包 人力资源 培训
教育 法务 稽核 审计 质检 品管 防损 保洁 清洁 环境 维修 食品 生鲜 熟食 烘焙 家电 家居 家用 百货 服装 女装 男装 童装
鞋帽 箱包 化妆品 珠宝 黄金 玩具 文具 图书 体育 运动 音像 数码 儿童 婴童 餐饮 会员 团购 招商 开发 办公 秘书 总经理
经理 董事长 店长 服务
"""
DEPARTMENT_ENDS = "部门 部 科 课 组 处 室 中心 柜台 专柜 柜 台 服务台 办公室 办 楼面 卖场"
WHOLE_DEPARTMENTS = """
总服务台 服务台 收银台 办公室 存包处 总台 播音室 广播室 保安室 监控室 医务室 仓库 卖场 人事 财务 企划 总务 营运 后勤
资讯 人力资源 门店 店面 柜台 专柜
"""

# One character that makes a title or a department of a surname before it; in a longer name it is a name's character.
ENDS_AFTER_SURNAME = "总 董 部 课 组 副"

# Family names that end like a department.
NOT_DEPARTMENTS = "长谷部 日下部 物部 忌部"

ENGLISH_TITLES = """
manager|general manager|store manager|assistant manager|deputy manager|floor manager|department manager
duty manager|sales manager|supervisor|team leader|group leader|section chief|shift leader|foreman|director
managing director|president|vice president|chairman|chairwoman|chairperson|ceo|cfo|coo|cto|vp|gm|boss
head of department|department head|executive|officer|secretary|assistant|receptionist|cashier|accountant|buyer
clerk|salesman|saleswoman|sales assistant|shop assistant|salesperson|security guard|guard|engineer|technician
electrician|cleaner|driver|staff|employee|colleague|intern|trainee|doctor|professor|teacher|nurse|announcer
coordinator|consultant
"""
ENGLISH_ADDRESSES = "mr|mrs|ms|miss|mister|madam|sir|dr|guest"
ENGLISH_DEPARTMENTS = (
    "department|dept|division|office|section|service desk|counter|personnel|hr|human resources|headquarters"
)
ENGLISH_BESIDE = (
    "of|the|and|at|in|from|sales|marketing|finance|planning|purchasing|security|customer|service|store|shop|it"
)

# Given so that a title before a name is told from a name that begins like a title: surnames, commonest first.
SURNAMES = """
王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔
谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰
施洪庄颜柯翁纪倪涂温鲁葛左祝尤古童柴章俞焦凌岳毕聂景麦包司柳欧祁申甘符耿关单管宁盛房殷辛齐裴查卞瞿游简解詹卓晏苗
舒宫梅屈边区连路滕柏娄翟仇阳桂胥车牛鲍池骆成华喻谷巫冷佟蒲闵刁邢冉鞠晋桑饶蓝储米栾甄吉卫燕伍费邬商尚郎项季时封全
荆苟麻应靳冼艾席海原宗臧邝闻盖褚么花安计练岑党屠扈穆茅匡湛隋居官步经
"""
COMPOUND_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙
慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 西门 百里 东郭 纳兰 拓跋 轩辕 东野 第五 完颜 叶赫 单于 范姜 张简
"""

# Surnames that hardly ever end a given name: after a title they are a name, 主任王, not 主 · 任王.
ONLY_SURNAMES = "王李张刘陈赵吴徐孙朱胡郭何谢冯彭萧曹蔡潘袁邓许沈吕蒋贾魏薛阎戴谭邹熊"

_TRADITIONAL = (
    "乾來倉値備傢僱儲兒別劃劉動務區協吳呂員問喬單噹嚮嚴囌圖團執場塗妝婁嬰孃孫宮實寧審寶專導層嶽師幹庫廚廠廣廳"
    "張彆後應戶採損數於時晉書會朮東楊業榖榦樑樓機檢檯櫃歐湯溫潔瀋營獨現環甯畢當發監盧硃碼祕穀範簡糰紀納級組絡"
    "經維網練總羅習聞聶職腦臨臺荊莊華萬葉蓆蓋蔣蕭薑藍藥蘇蘭處術衛裏裝裡見計訊訓記設許誌課諸講謝譚護譽讀負財貨"
    "責貲貴費賀資賈賓賣質賴購趙車軒轅辦連週遊運遲邊鄒鄧鄭醫銀銷錢鍾鐘長門開閔閣閻闆關陳陸陽隊離電韋韓項領顏顧"
    "颱飲餘館饒馬馮駕駛駱驗體髮鬍魯鮑鮮麥麪麵麼麽黃黨齊齣龍龔"
)
_SIMPLIFIED = (
    "干来仓值备家雇储儿别划刘动务区协吴吕员问乔单当向严苏图团执场涂妆娄婴娘孙宫实宁审宝专导层岳师干库厨厂广厅"
    "张别后应户采损数于时晋书会术东杨业谷干梁楼机检台柜欧汤温洁沈营独现环宁毕当发监卢朱码秘谷范简团纪纳级组络"
    "经维网练总罗习闻聂职脑临台荆庄华万叶席盖蒋萧姜蓝药苏兰处术卫里装里见计讯训记设许志课诸讲谢谭护誉读负财货"
    "责资贵费贺资贾宾卖质赖购赵车轩辕办连周游运迟边邹邓郑医银销钱钟钟长门开闵阁阎板关陈陆阳队离电韦韩项领颜顾"
    "台饮余馆饶马冯驾驶骆验体发胡鲁鲍鲜麦面面么么黄党齐出龙龚"
)
_FOLDS = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def folded(text: str) -> str:
    """The text with the traditional characters of these tables in simplified form; of the same length."""
    return text.translate(_FOLDS)
